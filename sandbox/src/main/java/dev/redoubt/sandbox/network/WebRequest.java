// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import dev.redoubt.guard.network.StrictUrl;
import java.util.List;

/// What is asked of a web server.
///
/// @param method in capitals; a redirect is followed for GET and HEAD only
/// @param body sent with every method but GET and HEAD, which must have none
/// @param surface what may be reached, the targets of redirects included
public record WebRequest(
    String method,
    StrictUrl url,
    List<WebHeader> headers,
    Content body,
    Surface surface,
    WebLimits limits) {

  /// No body.
  public static final Content NOTHING = Content.of("");

  private static final int MAX_HEADERS = 100;

  public WebRequest {
    requireNonNull(method, "method");
    requireNonNull(url, "url");
    headers = List.copyOf(headers);
    requireNonNull(body, "body");
    requireNonNull(surface, "surface");
    requireNonNull(limits, "limits");
    for (int i = 0; i < method.length(); i++) {
      if (method.charAt(i) < 'A' || method.charAt(i) > 'Z') {
        throw new IllegalArgumentException("\"%s\" is no method in capitals".formatted(method));
      }
    }
    if (method.isEmpty() || method.equals("CONNECT") || method.equals("TRACE")) {
      throw new IllegalArgumentException("\"%s\" is no method to ask with".formatted(method));
    }
    if (headers.size() > MAX_HEADERS) {
      throw new IllegalArgumentException("more than %d headers".formatted(MAX_HEADERS));
    }
    if (body.size() > 0 && followsRedirects(method)) {
      throw new IllegalArgumentException("%s has no body".formatted(method));
    }
  }

  /// Returns a GET with no headers of its own.
  public static WebRequest get(StrictUrl url, Surface surface, WebLimits limits) {
    return new WebRequest("GET", url, List.of(), NOTHING, surface, limits);
  }

  /// Says whether a redirect of this request is followed.
  boolean followsRedirects() {
    return followsRedirects(method);
  }

  private static boolean followsRedirects(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }
}
