// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The bytes a [Action.Write] would write. Immutable.
public final class Content {

  private final byte[] bytes;

  private Content(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Returns a copy of `bytes` as content.
  public static Content of(byte[] bytes) {
    return new Content(bytes.clone());
  }

  /// Returns `text` in UTF-8 as content.
  public static Content of(String text) {
    return new Content(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Returns a copy of the bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// Returns how many bytes there are.
  public int size() {
    return bytes.length;
  }

  /// Returns the SHA-256 as 64 lower-case hex digits.
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Content content && Arrays.equals(bytes, content.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "%d bytes, sha256 %s".formatted(bytes.length, sha256());
  }
}
