// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.oauth.ClientIdentity.Method;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out who this client is for an authorization server: whom the operator registered, whom a
/// document describes, or whom the server is asked to register.
final class Registration {

  private static final String METHODS = "token_endpoint_auth_methods_supported";

  private final Documents documents;
  private final OAuthSettings settings;
  private final TokenVault vault;
  private final String owner;

  /// @param owner whose registrations are used, and nobody else's
  Registration(Documents documents, OAuthSettings settings, TokenVault vault, String owner) {
    this.owner = requireNonNull(owner, "owner");
    this.documents = requireNonNull(documents, "documents");
    this.settings = requireNonNull(settings, "settings");
    this.vault = requireNonNull(vault, "vault");
  }

  /// Returns who this client is. Whoever is registered for it is to be kept once there is a token.
  ///
  /// @param redirect where pages of the server send people back to; empty when there are none
  ClientIdentity at(AuthorizationServer server, String redirect) throws IOException {
    if (settings.client().isPresent()) {
      return own(server, settings.client().get());
    }
    if (!settings.metadataUrl().isEmpty() && server.has("client_id_metadata_document_supported")) {
      return new ClientIdentity(settings.metadataUrl(), "", Method.NONE);
    }
    Optional<ClientIdentity> kept = vault.read(name(server)).flatMap(text -> read(text, redirect));
    if (kept.isPresent()) {
      return kept.get();
    }
    Node answer = register(server, redirect);
    return identity(answer, server.texts(METHODS));
  }

  /// Keeps whom `server` registered, instead of whom it registered before: what renews a token is
  /// good for the client it was given to, and for no other.
  void keep(AuthorizationServer server, ClientIdentity client, String redirect) throws IOException {
    boolean registered = settings.client().isEmpty() && !client.id().equals(settings.metadataUrl());
    if (registered) {
      vault.write(name(server), json(client, redirect));
    }
  }

  private String name(AuthorizationServer server) {
    return "client\n%s\n%s".formatted(owner, server.issuer());
  }

  /// Forgets whom `server` registered: it does not know them any more.
  void forget(AuthorizationServer server) throws IOException {
    vault.remove(name(server));
  }

  private ClientIdentity own(AuthorizationServer server, OAuthSettings.Registered client)
      throws AuthorizationException {
    if (!client.issuer().isEmpty() && !client.issuer().equals(server.issuer())) {
      throw new AuthorizationException(
          "its authorization server is %s, and the client in the configuration is one of %s"
              .formatted(server.issuer(), client.issuer()));
    }
    return client.key().isPresent()
        ? new ClientIdentity(client.id(), "", Method.PRIVATE_KEY_JWT)
        : ClientIdentity.of(client.id(), client.secret(), server.texts(METHODS));
  }

  private Node register(AuthorizationServer server, String redirect) throws IOException {
    String place =
        server
            .endpoint("registration_endpoint")
            .orElseThrow(() ->
                new AuthorizationException(
                    "%s registers no clients: name one in the configuration"
                        .formatted(server.issuer())));
    Documents.Answer answer =
        documents.post(place, "application/json", JsonText.of(wanted(server, redirect)), List.of());
    if (!answer.isFine()) {
      throw new AuthorizationException(
          "%s does not register this client: %s".formatted(server.issuer(), answer.error()));
    }
    return answer.document();
  }

  private static Node.Obj wanted(AuthorizationServer server, String redirect) {
    List<String> supported = server.texts(METHODS);
    String method =
        supported.isEmpty() || supported.contains("none")
            ? "none"
            : ClientIdentity.of("", "?", supported).method().text();
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("client_name", text("Redoubt"));
    fields.put("application_type", text("native"));
    fields.put("redirect_uris", list(redirect.isEmpty() ? List.of() : List.of(redirect)));
    fields.put(
        "grant_types",
        list(
            redirect.isEmpty()
                ? List.of("urn:ietf:params:oauth:grant-type:device_code", "refresh_token")
                : List.of("authorization_code", "refresh_token")));
    fields.put("response_types", list(redirect.isEmpty() ? List.of() : List.of("code")));
    fields.put("token_endpoint_auth_method", text(method));
    return new Node.Obj(fields, 1);
  }

  private static Node text(String value) {
    return new Node.Text(value, 1);
  }

  private static Node list(List<String> values) {
    return new Node.Arr(values.stream().map(Registration::text).toList(), 1);
  }

  private static ClientIdentity identity(Node answer, List<String> supported)
      throws AuthorizationException {
    String id = answer.text("client_id").orElse("");
    if (id.isEmpty()) {
      throw new AuthorizationException("the authorization server gave the client no name");
    }
    String secret = answer.text("client_secret").orElse("");
    Optional<Method> said =
        answer
            .text("token_endpoint_auth_method")
            .flatMap(Method::of)
            .filter(method -> method != Method.PRIVATE_KEY_JWT)
            .filter(method -> method == Method.NONE || !secret.isEmpty());
    return said.isPresent()
        ? new ClientIdentity(id, secret, said.get())
        : ClientIdentity.of(id, secret, supported);
  }

  private static String json(ClientIdentity identity, String redirect) {
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("id", text(identity.id()));
    fields.put("secret", text(identity.secret()));
    fields.put("method", text(identity.method().text()));
    fields.put("redirect", text(redirect));
    return JsonText.of(new Node.Obj(fields, 1));
  }

  /* One that was registered for another way back is of no use. */
  private static Optional<ClientIdentity> read(String json, String redirect) {
    Node node = Documents.read(json.getBytes(UTF_8));
    Optional<Method> method = node.text("method").flatMap(Method::of);
    String id = node.text("id").orElse("");
    boolean fits = redirect.isEmpty() || node.text("redirect").orElse("").equals(redirect);
    return method.isEmpty() || id.isEmpty() || !fits
        ? Optional.empty()
        : Optional.of(new ClientIdentity(id, node.text("secret").orElse(""), method.get()));
  }
}
