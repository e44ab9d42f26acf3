// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Gets a token by way of a page on which a person says yes.
final class CodeGrant {

  private final Discovery.Found found;
  private final TokenEndpoint endpoint;
  private final Consent consent;
  private final Secrets secrets;

  CodeGrant(Discovery.Found found, TokenEndpoint endpoint, Consent consent, Secrets secrets) {
    this.found = requireNonNull(found, "found");
    this.endpoint = requireNonNull(endpoint, "endpoint");
    this.consent = requireNonNull(consent, "consent");
    this.secrets = requireNonNull(secrets, "secrets");
  }

  /// Refuses a server with which a code that was stolen on its way would be worth something.
  static void requireProof(AuthorizationServer server) throws AuthorizationException {
    if (!server.texts("code_challenge_methods_supported").contains("S256")) {
      throw new AuthorizationException(
          "the authorization server %s does not say that it takes PKCE with S256"
              .formatted(server.issuer()));
    }
  }

  Token token(ClientIdentity client, Optional<SigningKey> key, String scope)
      throws IOException, InterruptedException {
    requireProof(found.by());
    String verifier = secrets.text();
    String state = secrets.text();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", client.id());
    query.put("redirect_uri", consent.redirectUri());
    query.put("code_challenge", Secrets.challenge(verifier));
    query.put("code_challenge_method", "S256");
    query.put("state", state);
    query.put("resource", found.resource());
    if (!scope.isEmpty()) {
      query.put("scope", scope);
    }
    String page = found.by().needed("authorization_endpoint");
    String url = page + (page.indexOf('?') < 0 ? "?" : "&") + WebPlace.form(query);
    String code = code(consent.visit(url, state), state);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", consent.redirectUri());
    form.put("code_verifier", verifier);
    return endpoint.token(endpoint.ask(client, key, form), scope, "");
  }

  /* First whose answer it is: before that nothing of it is used or shown. */
  private String code(Map<String, String> back, String state) throws AuthorizationException {
    String issuer = back.get("iss");
    boolean promised = found.by().has("authorization_response_iss_parameter_supported");
    if (issuer == null ? promised : !issuer.equals(found.by().issuer())) {
      throw new AuthorizationException(
          "the page that came back is not from %s".formatted(found.by().issuer()));
    }
    byte[] returned = back.getOrDefault("state", "").getBytes(UTF_8);
    if (!MessageDigest.isEqual(returned, state.getBytes(UTF_8))) {
      throw new AuthorizationException("the page that came back is not the one that was shown");
    }
    if (back.containsKey("error")) {
      throw new AuthorizationException("%s said no".formatted(found.by().issuer()));
    }
    String code = back.getOrDefault("code", "");
    if (code.isEmpty()) {
      throw new AuthorizationException("the page came back without a code");
    }
    return code;
  }
}
