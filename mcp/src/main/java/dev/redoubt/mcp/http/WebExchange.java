// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Asks web servers: the way out of this module. Whoever binds it judges every URL before it
/// connects; one that the operator named is another matter than one that a server named.
///
/// Safe to share. An interrupt of the thread that waits, or closing the reply, ends an exchange.
@FunctionalInterface
public interface WebExchange {

  /// Returns what the server at `ask` answered, with whatever status. Redirects of a POST are not
  /// followed. Whoever asked closes the reply.
  ///
  /// @throws IOException if there is no answer, or the URL may not be reached; the message says
  ///   why, for a person
  Reply send(Ask ask) throws IOException;

  /// What is asked.
  ///
  /// @param method in capitals
  /// @param fields stay with the server they are meant for
  /// @param body sent with POST
  /// @param kind how the answer comes
  record Ask(String method, String url, List<HttpField> fields, String body, Kind kind) {
    public Ask {
      requireNonNull(method, "method");
      requireNonNull(url, "url");
      fields = List.copyOf(fields);
      requireNonNull(body, "body");
      requireNonNull(kind, "kind");
    }

    /// Returns the same with one more field.
    public Ask with(HttpField field) {
      List<HttpField> more = new java.util.ArrayList<>(fields);
      more.add(field);
      return new Ask(method, url, more, body, kind);
    }

    /// Returns the same for somebody who waits for no stream.
    public Ask briefly() {
      return new Ask(method, url, fields, body, Kind.DOCUMENT);
    }

    /// How an answer comes.
    public enum Kind {
      /// At once, and not large: a document.
      DOCUMENT,
      /// Piece by piece, for as long as it takes.
      STREAM
    }
  }

  /// What was answered.
  ///
  /// @param fields by name in lower case
  /// @param body bounded in time; not in size
  record Reply(int status, Map<String, List<String>> fields, InputStream body)
      implements AutoCloseable {
    public Reply {
      fields = Map.copyOf(fields);
      requireNonNull(body, "body");
    }

    /// Returns the values of the field `name`.
    public List<String> all(String name) {
      return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /// Returns the first value of the field `name`.
    public Optional<String> first(String name) {
      return all(name).stream().findFirst();
    }

    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException e) {
        // It is not read any more, whatever its end was.
      }
    }
  }
}
