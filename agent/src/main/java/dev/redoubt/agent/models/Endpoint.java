// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.ModelRequest;
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

  /// Returns path and query of `request`, with a slash at the start.
  String reference(Wire wire, ModelRequest request) {
    String path = base.path();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (isDeployments(path)) {
      path += path.endsWith("/openai") ? "" : "/openai";
      path += "/deployments/" + request.model();
    } else if (!endsWithVersion(path)) {
      path += wire.version();
    }
    String reference = path + wire.path(request);
    if (apiVersion.isEmpty()) {
      return reference;
    }
    return reference + (reference.contains("?") ? "&" : "?") + "api-version=" + apiVersion;
  }

  /* https://learn.microsoft.com/azure/ai-services/openai/reference: with an api-version the model is
   * named in the path; below openai/v1 it is named in the body as everywhere. */
  private boolean isDeployments(String path) {
    return auth == Auth.API_KEY
        && !apiVersion.isEmpty()
        && !path.endsWith("/v1")
        && !path.contains("/deployments/");
  }

  /// Says whether the last segment is one in the manner of `v1` or `v1beta`.
  private static boolean endsWithVersion(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.length() > 1 && last.charAt(0) == 'v' && Character.isDigit(last.charAt(1));
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
