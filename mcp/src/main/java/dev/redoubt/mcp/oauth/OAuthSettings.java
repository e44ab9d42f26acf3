// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// How this client gets in to one server.
///
/// @param client what the operator was given by whoever runs the authorization server
/// @param metadataUrl where a document about this client lies, which names it; empty for nowhere
/// @param scopes what the operator wants besides what the server asks for
public record OAuthSettings(
    Grant grant, Optional<Registered> client, String metadataUrl, List<String> scopes) {
  public OAuthSettings {
    requireNonNull(grant, "grant");
    requireNonNull(client, "client");
    requireNonNull(metadataUrl, "metadataUrl");
    scopes = List.copyOf(scopes);
  }

  /// Returns the only issuer that may be asked for a token; empty when the server may choose.
  Optional<String> issuer() {
    return client.map(Registered::issuer).filter(named -> !named.isEmpty());
  }

  /// For a person in front of a browser, and a client nobody knows yet.
  public static final OAuthSettings USUAL =
      new OAuthSettings(Grant.AUTHORIZATION_CODE, Optional.empty(), "", List.of());

  /// On whose behalf, and how that is found out.
  public enum Grant {
    /// A person says yes in a browser on this machine.
    AUTHORIZATION_CODE,
    /// A person types a code in a browser on any machine.
    DEVICE_CODE,
    /// Nobody: the client has a secret or a key of its own.
    CLIENT_CREDENTIALS
  }

  /// A client that is known to an authorization server already.
  ///
  /// @param secret empty for none
  /// @param key what it signs with instead of a secret
  /// @param issuer whom it is known to; may be empty only for one without a secret and a key, which
  ///   go to nobody else
  public record Registered(String id, String secret, Optional<SigningKey> key, String issuer) {
    public Registered {
      requireNonNull(id, "id");
      requireNonNull(secret, "secret");
      requireNonNull(key, "key");
      requireNonNull(issuer, "issuer");
      if (issuer.isEmpty() && (!secret.isEmpty() || key.isPresent())) {
        throw new IllegalArgumentException("a secret is for one issuer, and none is named");
      }
    }

    @Override
    public String toString() {
      return "client " + id;
    }
  }
}
