// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/// A path as text from which the same one comes back, also when a name in it is no UTF-8.
final class RawPath {

  /* Stands in a string for bytes that it cannot hold, so no other path is written with it. */
  private static final char UNKNOWN = '\uFFFD';

  private RawPath() {}

  /// Returns `path` as text.
  static String written(Path path) {
    String text = path.toString();
    if (text.indexOf(UNKNOWN) < 0) {
      return text;
    }
    // Only the address of a path shows its bytes.
    String address = Path.of("/").resolve(path).toUri().getRawPath();
    String whole = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    return UNKNOWN + (path.isAbsolute() ? whole : whole.substring(1));
  }

  /// Returns the path that was written as `text`.
  ///
  /// @throws IOException if it is none
  static Path read(String text) throws IOException {
    try {
      if (text.isEmpty() || text.charAt(0) != UNKNOWN) {
        return Path.of(text);
      }
      String address = text.substring(1);
      boolean absolute = address.startsWith("/");
      Path path = Path.of(URI.create("file://" + (absolute ? "" : "/") + address));
      return absolute ? path : path.subpath(0, path.getNameCount());
    } catch (IllegalArgumentException e) {
      throw new IOException("what was written down is no path", e);
    }
  }
}
