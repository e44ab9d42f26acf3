// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.List;
import java.util.Optional;

/// What an authorization server says of itself, found where its issuer says it is.
///
/// @param issuer as it was named, character for character
record AuthorizationServer(String issuer, Node metadata) {
  AuthorizationServer {
    requireNonNull(issuer, "issuer");
    requireNonNull(metadata, "metadata");
  }

  /// Returns the address at `key`, to which secrets may be sent.
  Optional<String> endpoint(String key) throws AuthorizationException {
    Optional<String> url = metadata.text(key);
    if (url.isPresent() && !WebPlace.isSafe(url.get())) {
      throw new AuthorizationException(
          "the authorization server %s names a %s that is not https".formatted(issuer, key));
    }
    return url;
  }

  String needed(String key) throws AuthorizationException {
    return endpoint(key)
        .orElseThrow(() ->
            new AuthorizationException(
                "the authorization server %s has no %s".formatted(issuer, key)));
  }

  List<String> texts(String key) {
    return metadata.items(key).stream().flatMap(item -> item.scalar().stream()).toList();
  }

  boolean has(String key) {
    return metadata.isTrue(key);
  }
}
