// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request that was read whole and was let in. Immutable but for its body, which is its reader's.
public final class HttpRequest {

  private final Line line;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final String id;
  private final Optional<String> caller;

  /// @param headers with names in lower case
  HttpRequest(
      Line line,
      Map<String, List<String>> headers,
      byte[] body,
      String id,
      Optional<String> caller) {
    this.line = requireNonNull(line, "line");
    this.headers = Map.copyOf(headers);
    this.body = requireNonNull(body, "body");
    this.id = requireNonNull(id, "id");
    this.caller = requireNonNull(caller, "caller");
  }

  record Line(String method, String path, Map<String, List<String>> query) {}

  /// Returns the method, `POST` for example.
  public String method() {
    return line.method;
  }

  /// Returns the path as it was sent, nothing decoded.
  public String path() {
    return line.path;
  }

  /// Returns the first value that the query gives `name`, decoded.
  public Optional<String> query(String name) {
    return line.query.getOrDefault(name, List.of()).stream().findFirst();
  }

  /// Returns the values of a header in their order.
  ///
  /// @param name in any case
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /// Returns all headers, with names in lower case.
  public Map<String, List<String>> headers() {
    return headers;
  }

  /// Returns the value of a header; empty when it is not there, and when it is there twice: two
  /// readers could take two.
  public Optional<String> header(String name) {
    List<String> values = headers(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /// Returns what the request carries, decoded from its transfer; empty for nothing.
  public byte[] body() {
    return body;
  }

  /// Returns what the request is called here and in its answer.
  public String id() {
    return id;
  }

  /// Returns whose token it brought; empty when the server asks for none.
  public Optional<String> caller() {
    return caller;
  }
}
