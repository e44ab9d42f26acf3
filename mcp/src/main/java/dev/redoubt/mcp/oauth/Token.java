// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What lets this client in to one server, and whom it is from.
///
/// @param issuer who gave it
/// @param resource what it is for
/// @param access is sent to the server, and to nobody else
/// @param refresh is sent to the issuer, and to nobody else; empty for none
/// @param expires when it is no good any more; far away when nobody said
/// @param scope what was asked for, with spaces between
record Token(
    String issuer, String resource, String access, String refresh, Instant expires, String scope) {

  static final Instant NEVER = Instant.EPOCH.plus(365_000, ChronoUnit.DAYS);

  Token {
    requireNonNull(issuer, "issuer");
    requireNonNull(resource, "resource");
    requireNonNull(access, "access");
    requireNonNull(refresh, "refresh");
    requireNonNull(expires, "expires");
    requireNonNull(scope, "scope");
  }

  String json() {
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("issuer", new Node.Text(issuer, 1));
    fields.put("resource", new Node.Text(resource, 1));
    fields.put("access", new Node.Text(access, 1));
    fields.put("refresh", new Node.Text(refresh, 1));
    fields.put("expires", new Node.Num(Long.toString(expires.getEpochSecond()), 1));
    fields.put("scope", new Node.Text(scope, 1));
    return JsonText.of(new Node.Obj(fields, 1));
  }

  /// Returns the token `json` holds; empty when it holds none.
  static Optional<Token> read(String json) {
    Node node = Documents.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    String access = node.text("access").orElse("");
    long expires;
    try {
      expires = Long.parseLong(node.scalar("expires").orElse("0"));
    } catch (NumberFormatException e) {
      expires = 0;
    }
    return access.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Token(
                node.text("issuer").orElse(""),
                node.text("resource").orElse(""),
                access,
                node.text("refresh").orElse(""),
                Instant.ofEpochSecond(Math.clamp(expires, 0, NEVER.getEpochSecond())),
                node.text("scope").orElse("")));
  }

  @Override
  public String toString() {
    return "token of " + issuer;
  }
}
