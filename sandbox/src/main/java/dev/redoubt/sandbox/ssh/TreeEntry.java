// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

/// What lies at one path of the work, on either side. Two that are equal are the same there and
/// here.
sealed interface TreeEntry {

  /// A folder.
  record Folder() implements TreeEntry {}

  /// A file.
  ///
  /// @param sha256 of the content, 64 lower-case hex digits
  /// @param program whether its owner may run it
  record File(String sha256, boolean program) implements TreeEntry {
    public File {
      if (!isSha256(sha256)) {
        throw new IllegalArgumentException("\"%s\" is no SHA-256".formatted(sha256));
      }
    }

    private static boolean isSha256(String text) {
      boolean fits = text.length() == 64;
      for (int i = 0; fits && i < 64; i++) {
        fits = "0123456789abcdef".indexOf(text.charAt(i)) >= 0;
      }
      return fits;
    }
  }

  /// A link.
  ///
  /// @param target where it leads, as written
  record Link(String target) implements TreeEntry {
    public Link {
      requireNonNull(target, "target");
    }
  }
}
