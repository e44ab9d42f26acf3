// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/* RFC 9728, RFC 8414 and OpenID Connect Discovery, in the order MCP has them. */
/// Finds out who lets clients in to a server.
final class Discovery {

  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private final Documents documents;
  private final String server;
  private final Optional<String> issuer;

  /// @param server the URL of the MCP server
  /// @param issuer the only authorization server that is asked; empty when the server may choose
  Discovery(Documents documents, String server, Optional<String> issuer) {
    this.documents = requireNonNull(documents, "documents");
    this.server = requireNonNull(server, "server");
    this.issuer = requireNonNull(issuer, "issuer");
  }

  /// What was found.
  ///
  /// @param resource what a token is for
  /// @param scopes what the server thinks a client needs; none when it does not say
  record Found(String resource, List<String> scopes, AuthorizationServer by) {
    Found {
      requireNonNull(resource, "resource");
      scopes = List.copyOf(scopes);
      requireNonNull(by, "by");
    }
  }

  Found find(Challenge challenge) throws IOException {
    Optional<Node> resource = resource(challenge);
    if (resource.isEmpty()) {
      // As servers of 2025-03-26 are: what lets clients in is the server itself.
      return new Found(server, List.of(), authorizationServer(List.of(WebPlace.origin(server))));
    }
    String named = resource.get().text("resource").orElse("");
    if (!WebPlace.covers(named, server)) {
      throw new AuthorizationException("its metadata is about another server than this one");
    }
    List<String> issuers = texts(resource.get(), "authorization_servers");
    if (issuers.isEmpty()) {
      throw new AuthorizationException("it does not say who lets clients in");
    }
    return new Found(
        named, texts(resource.get(), "scopes_supported"), authorizationServer(issuers));
  }

  private static List<String> texts(Node node, String key) {
    return node.items(key).stream().flatMap(item -> item.scalar().stream()).toList();
  }

  private Optional<Node> resource(Challenge challenge) throws IOException {
    Optional<String> told = challenge.get("resource_metadata");
    if (told.isPresent()) {
      requireSafe(told.get());
      return documents.find(told.get());
    }
    String origin = WebPlace.origin(server);
    String path = WebPlace.path(server);
    Optional<Node> found = documents.find(origin + RESOURCE + path);
    return found.isPresent() || path.isEmpty() ? found : documents.find(origin + RESOURCE);
  }

  /* Whom the operator named is not looked for elsewhere: nobody else is asked even for metadata. */
  private AuthorizationServer authorizationServer(List<String> issuers) throws IOException {
    if (issuer.isPresent() && !issuers.contains(issuer.get())) {
      throw new AuthorizationException(
          "its authorization server is another than %s, whose client is in the configuration"
              .formatted(issuer.get()));
    }
    return described(issuer.orElse(issuers.getFirst()));
  }

  private AuthorizationServer described(String issuer) throws IOException {
    requireSafe(issuer);
    for (String place : places(issuer)) {
      Optional<Node> metadata = documents.find(place);
      if (metadata.isPresent()) {
        // Whoever can answer there could otherwise speak for somebody else.
        if (!metadata.get().text("issuer").orElse("").equals(issuer)) {
          throw new AuthorizationException(
              "the authorization server at %s says that it is another".formatted(issuer));
        }
        return new AuthorizationServer(issuer, metadata.get());
      }
    }
    throw new AuthorizationException(
        "the authorization server %s says nothing of itself".formatted(issuer));
  }

  static List<String> places(String issuer) {
    String origin = WebPlace.origin(issuer);
    String path = WebPlace.path(issuer);
    List<String> places = new ArrayList<>();
    places.add(origin + OAUTH + path);
    places.add(origin + OPENID + path);
    if (!path.isEmpty()) {
      places.add(origin + path + OPENID);
    }
    return places;
  }

  private static void requireSafe(String url) throws AuthorizationException {
    if (!WebPlace.isSafe(url)) {
      throw new AuthorizationException("it names an address that is not https");
    }
  }
}
