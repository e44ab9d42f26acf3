// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.sandbox.network.WebHeader;
import java.util.List;

/// Where a provider is reached and how it wants to be shown a key.
///
/// @param base what the paths of the wire format are appended to, in the manner of
///   `https://api.example/v1`
/// @param headers sent with each request
/// @param auth how the key is sent
/// @param apiVersion sent as the query `api-version`; not sent when empty
public record Endpoint(StrictUrl base, List<WebHeader> headers, Auth auth, String apiVersion) {

  public Endpoint {
    requireNonNull(base, "base");
    headers = List.copyOf(headers);
    requireNonNull(auth, "auth");
    requireNonNull(apiVersion, "apiVersion");
  }

  /// Returns an endpoint that is nothing special.
  public static Endpoint at(StrictUrl base, Auth auth) {
    return new Endpoint(base, List.of(), auth, "");
  }

  /// How a key is sent.
  public enum Auth {
    /// `Authorization: Bearer KEY`
    BEARER("Authorization", "Bearer "),
    /// `api-key: KEY`, as Azure has it.
    API_KEY("api-key", ""),
    /// `x-api-key: KEY`, as Anthropic has it.
    X_API_KEY("x-api-key", ""),
    /// `x-goog-api-key: KEY`
    GOOGLE("x-goog-api-key", "");

    private final String name;
    private final String before;

    Auth(String name, String before) {
      this.name = name;
      this.before = before;
    }

    WebHeader header(ApiKey key) {
      return key.header(name, before);
    }
  }
}
