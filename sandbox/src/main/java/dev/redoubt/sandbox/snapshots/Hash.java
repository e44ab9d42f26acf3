// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of an object, which is its name in the store.
///
/// @param hex 64 lower-case digits
record Hash(String hex) {

  static final int BYTES = 32;

  Hash {
    if (hex.length() != 2 * BYTES || !isHex(hex)) {
      throw new IllegalArgumentException("\"%s\" is no SHA-256".formatted(hex));
    }
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  static Hash ofDigest(byte[] digest) {
    return new Hash(HexFormat.of().formatHex(digest));
  }

  static Hash of(byte[] content) {
    return ofDigest(digest().digest(content));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
