// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names that follow from content alone, so that the same report gets the same ones.
final class Digest {

  private Digest() {}

  /// Returns the SHA-256 of `text` in UTF-8, as 64 lower-case hexadecimal digits.
  static String sha256(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }

  /// Returns a UUID of version 8 (RFC 9562) made of the SHA-256 of `text`.
  static String uuid(String text) {
    byte[] digest = bytes(text);
    digest[6] = (byte) ((digest[6] & 0x0F) | 0x80);
    digest[8] = (byte) ((digest[8] & 0x3F) | 0x80);
    String hex = HexFormat.of().formatHex(digest, 0, 16);
    return "%s-%s-%s-%s-%s"
        .formatted(
            hex.substring(0, 8),
            hex.substring(8, 12),
            hex.substring(12, 16),
            hex.substring(16, 20),
            hex.substring(20));
  }

  private static byte[] bytes(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
