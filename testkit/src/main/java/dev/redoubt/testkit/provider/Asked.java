// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

import java.util.Map;

/// A request that a scripted provider got.
///
/// @param target path and query
/// @param headers by name in lower case; a repeated one has its last value
public record Asked(String method, String target, Map<String, String> headers, String body) {
  public Asked {
    headers = Map.copyOf(headers);
  }

  /// Returns a header, or nothing in it.
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// Says whether the request wants a stream.
  boolean streams() {
    return body.contains("\"stream\":true") || target.contains(":streamGenerateContent");
  }
}
