// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.http.HttpField;
import dev.redoubt.mcp.http.WebExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks for documents that authorization is made of. Safe to share.
final class Documents {

  private static final int LARGEST = 256 << 10;
  private static final Limits LIMITS = new Limits(LARGEST, 20, 10_000);

  /* Any request will do. */
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

  private final WebExchange web;

  Documents(WebExchange web) {
    this.web = requireNonNull(web, "web");
  }

  /// What a server answered.
  ///
  /// @param document an empty object when it is no JSON
  record Answer(int status, Node document) {
    Answer {
      requireNonNull(document, "document");
    }

    boolean isFine() {
      return status / 100 == 2;
    }

    /// Returns the name of what went wrong, in letters that can be shown.
    String error() {
      String said = document.text("error").orElse("");
      boolean plain =
          !said.isEmpty()
              && said.length() <= 64
              && said.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_');
      return plain ? said : "status " + status;
    }
  }

  /// Returns the document at `url`; empty when there is none.
  Optional<Node> find(String url) throws IOException {
    Answer answer = ask(new WebExchange.Ask("GET", url, json(), "", WebExchange.Ask.Kind.DOCUMENT));
    return answer.isFine() && !answer.document().fields().isEmpty()
        ? Optional.of(answer.document())
        : Optional.empty();
  }

  /// Returns what came of sending `body`.
  Answer post(String url, String type, String body, List<HttpField> more) throws IOException {
    List<HttpField> fields = new ArrayList<>(json());
    fields.add(new HttpField("Content-Type", type));
    fields.addAll(more);
    return ask(new WebExchange.Ask("POST", url, fields, body, WebExchange.Ask.Kind.DOCUMENT));
  }

  private static List<HttpField> json() {
    return List.of(new HttpField("Accept", "application/json"));
  }

  /// Returns what the MCP server at `url` wants to see of somebody it does not know.
  ///
  /// @throws AuthorizationException if it wants nothing
  Challenge challenge(String url) throws IOException {
    List<HttpField> fields =
        List.of(
            new HttpField("Accept", "application/json, text/event-stream"),
            new HttpField("Content-Type", "application/json"));
    WebExchange.Ask ask =
        new WebExchange.Ask("POST", url, fields, PING, WebExchange.Ask.Kind.DOCUMENT);
    try (WebExchange.Reply reply = web.send(ask)) {
      if (reply.status() / 100 == 2) {
        throw new AuthorizationException("it lets everybody in: there is nothing to log in to");
      }
      return Challenge.read(reply.all("www-authenticate"));
    }
  }

  private Answer ask(WebExchange.Ask ask) throws IOException {
    try (WebExchange.Reply reply = web.send(ask)) {
      return new Answer(reply.status(), read(reply.body().readNBytes(LARGEST)));
    }
  }

  static Node read(byte[] bytes) {
    try {
      return Json.readStrict(bytes, LIMITS);
    } catch (DocumentException e) {
      return new Node.Nothing(1);
    }
  }
}
