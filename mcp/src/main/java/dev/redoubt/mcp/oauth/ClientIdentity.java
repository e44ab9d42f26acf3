// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who this client is for one authorization server.
///
/// @param secret empty for a client without one
/// @param method how it says who it is where tokens are given out
public record ClientIdentity(String id, String secret, Method method) {
  public ClientIdentity {
    requireNonNull(id, "id");
    requireNonNull(secret, "secret");
    requireNonNull(method, "method");
  }

  /// How a client says who it is.
  public enum Method {
    /// It only says its name.
    NONE,
    /// With its secret, in the header.
    CLIENT_SECRET_BASIC,
    /// With its secret, in the form.
    CLIENT_SECRET_POST,
    /// With something it signed.
    PRIVATE_KEY_JWT;

    /// Returns what protocols call it.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the method protocols call `text`.
    public static Optional<Method> of(String text) {
      for (Method method : values()) {
        if (method.text().equals(text)) {
          return Optional.of(method);
        }
      }
      return Optional.empty();
    }
  }

  /// Returns the identity of a client with a secret, or without one, at a server that takes
  /// `supported`; nothing said means the usual.
  static ClientIdentity of(String id, String secret, List<String> supported) {
    if (secret.isEmpty()) {
      return new ClientIdentity(id, "", Method.NONE);
    }
    for (Method method : List.of(Method.CLIENT_SECRET_BASIC, Method.CLIENT_SECRET_POST)) {
      if (supported.contains(method.text())) {
        return new ClientIdentity(id, secret, method);
      }
    }
    return new ClientIdentity(
        id, secret, supported.contains("none") ? Method.NONE : Method.CLIENT_SECRET_BASIC);
  }

  @Override
  public String toString() {
    return "client " + id;
  }
}
