// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Objects;

/// Addresses, as they are written.
final class WebPlace {

  private WebPlace() {}

  /// Says whether secrets may be sent to `url`: over https, or to this machine.
  static boolean isSafe(String url) {
    try {
      URI uri = URI.create(url);
      String host = uri.getHost();
      if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
        return false;
      }
      boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
      return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && here);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Returns scheme, host and port of `url`, which is safe.
  static String origin(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  /// Returns the path of `url` without a slash at its end: empty for the root.
  static String path(String url) {
    String path = Objects.requireNonNullElse(URI.create(url).getRawPath(), "");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /// Says whether a token for `resource` is one for `url`: the same place, or one above it.
  static boolean covers(String resource, String url) {
    if (!isSafe(resource) || !isSafe(url) || URI.create(resource).getRawQuery() != null) {
      return false;
    }
    String above = path(resource);
    String below = path(url);
    return origin(resource).equalsIgnoreCase(origin(url))
        && (below.equals(above) || below.startsWith(above + "/"));
  }

  /// Returns `values` as a form is sent.
  static String form(Map<String, String> values) {
    StringBuilder form = new StringBuilder();
    values.forEach((name, value) ->
        form.append(form.isEmpty() ? "" : "&")
            .append(encoded(name))
            .append('=')
            .append(encoded(value)));
    return form.toString();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
