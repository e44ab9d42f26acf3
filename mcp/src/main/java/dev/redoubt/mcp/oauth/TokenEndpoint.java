// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.http.HttpField;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where an authorization server gives out tokens.
final class TokenEndpoint {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final int ASSERTED_SECONDS = 300;
  private static final int LONGEST = 16 << 10;

  private final Documents documents;
  private final Discovery.Found found;
  private final Clock clock;
  private final Secrets secrets;
  private volatile boolean clientUnknown;

  TokenEndpoint(Documents documents, Discovery.Found found, Clock clock, Secrets secrets) {
    this.documents = requireNonNull(documents, "documents");
    this.found = requireNonNull(found, "found");
    this.clock = requireNonNull(clock, "clock");
    this.secrets = requireNonNull(secrets, "secrets");
  }

  /// Returns what came of asking, whatever it was.
  ///
  /// @param wanted what is asked for; who asks and for what is added
  Documents.Answer ask(ClientIdentity client, Optional<SigningKey> key, Map<String, String> wanted)
      throws IOException {
    Map<String, String> form = new LinkedHashMap<>(wanted);
    form.put("resource", found.resource());
    return send("token_endpoint", client, key, form);
  }

  /// Returns what came of sending `form` to the address at `endpoint`.
  Documents.Answer send(
      String endpoint, ClientIdentity client, Optional<SigningKey> key, Map<String, String> wanted)
      throws IOException {
    Map<String, String> form = new LinkedHashMap<>(wanted);
    List<HttpField> fields = new ArrayList<>();
    switch (client.method()) {
      case NONE -> form.put("client_id", client.id());
      case CLIENT_SECRET_POST -> {
        form.put("client_id", client.id());
        form.put("client_secret", client.secret());
      }
      case CLIENT_SECRET_BASIC -> fields.add(basic(client));
      case PRIVATE_KEY_JWT -> {
        form.put("client_id", client.id());
        form.put("client_assertion_type", ASSERTION);
        form.put("client_assertion", assertion(client, key));
      }
    }
    Documents.Answer answer =
        documents.post(found.by().needed(endpoint), FORM, WebPlace.form(form), fields);
    clientUnknown |= !answer.isFine() && answer.error().equals("invalid_client");
    return answer;
  }

  /// Says whether it did not know the client that asked.
  boolean isClientUnknown() {
    return clientUnknown;
  }

  /* RFC 6749 2.3.1: both are encoded as in a form first. */
  private static HttpField basic(ClientIdentity client) {
    String pair = WebPlace.encoded(client.id()) + ":" + WebPlace.encoded(client.secret());
    return new HttpField(
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  private String assertion(ClientIdentity client, Optional<SigningKey> key)
      throws AuthorizationException {
    if (key.isEmpty()) {
      throw new AuthorizationException("the client has no key to sign with");
    }
    long now = clock.instant().getEpochSecond();
    Map<String, Node> claims = new LinkedHashMap<>();
    claims.put("iss", new Node.Text(client.id(), 1));
    claims.put("sub", new Node.Text(client.id(), 1));
    claims.put("aud", new Node.Text(found.by().issuer(), 1));
    claims.put("iat", new Node.Num(Long.toString(now), 1));
    claims.put("exp", new Node.Num(Long.toString(now + ASSERTED_SECONDS), 1));
    claims.put("jti", new Node.Text(secrets.text(), 1));
    return key.get().sign(new Node.Obj(claims, 1));
  }

  /// Returns the token `answer` holds.
  ///
  /// @param scope what was asked for
  /// @param before a refresh token that goes on when no new one came; empty for none
  Token token(Documents.Answer answer, String scope, String before) throws AuthorizationException {
    if (!answer.isFine()) {
      throw new AuthorizationException(
          "%s gives no token: %s".formatted(found.by().issuer(), answer.error()));
    }
    Node document = answer.document();
    String access = document.text("access_token").orElse("");
    String kind = document.text("token_type").orElse("");
    if (!kind.equalsIgnoreCase("bearer") || !isToken(access)) {
      throw new AuthorizationException(
          "%s gives something that is no token".formatted(found.by().issuer()));
    }
    return new Token(
        found.by().issuer(),
        found.resource(),
        access,
        document.text("refresh_token").filter(one -> one.length() <= LONGEST).orElse(before),
        expires(document),
        document.text("scope").filter(said -> scope.isEmpty()).orElse(scope));
  }

  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  private Instant expires(Node document) {
    try {
      long seconds = (long) Double.parseDouble(document.scalar("expires_in").orElse("x"));
      return clock.instant().plusSeconds(Math.clamp(seconds, 0, 10L * 365 * 86_400));
    } catch (NumberFormatException e) {
      return Token.NEVER;
    }
  }
}
