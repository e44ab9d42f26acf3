// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Foreign text as part of a URI.
final class UriText {

  private static final String UNRESERVED = "-._~";
  private static final String RESERVED = "/:?#[]@!$&'()*+,;=%";

  private UriText() {}

  /// Returns `path` as a relative reference: all but letters, digits, `-._~` and `/` is
  /// percent-encoded, so no path can pass for a scheme, a host or a query.
  static String ofPath(String path) {
    return encoded(path, UNRESERVED + "/");
  }

  /// Returns `url` with what a URI may not hold percent-encoded, or empty when no URI comes of it.
  static Optional<String> ofUrl(String url) {
    String encoded = encoded(url, UNRESERVED + RESERVED);
    try {
      return Optional.of(new URI(encoded).toString());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String encoded(String text, String kept) {
    StringBuilder uri = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c < 0x80 && (isAlphanumeric(c) || kept.indexOf(c) >= 0)) {
        uri.append(c);
      } else {
        uri.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return uri.toString();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
