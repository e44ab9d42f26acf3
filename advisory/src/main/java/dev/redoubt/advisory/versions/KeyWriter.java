// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import java.util.Arrays;

/// Writes a [SortKey] piece by piece.
///
/// Each piece is self-delimiting: at any place of two keys of one order the same kind of piece
/// starts, or a tag tells which kind does. That is what makes comparing bytes mean comparing
/// pieces.
final class KeyWriter {

  private static final int LONG_NUMBER = 0xFF;
  private static final int ESCAPED = 0x7F;

  private byte[] bytes;
  private int size;

  /// A writer for the key of a text of `length` characters; longer keys grow.
  KeyWriter(int length) {
    bytes = new byte[length * 2 + 12];
  }

  SortKey key() {
    return new SortKey(Arrays.copyOf(bytes, size));
  }

  /// Writes one byte, 0 to 255, that orders by its value.
  void tag(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size + (size >> 1) + 16);
    }
    bytes[size++] = (byte) value;
  }

  void tags(int value, int count) {
    for (int i = 0; i < count; i++) {
      tag(value);
    }
  }

  /// Writes the integer of any size whose decimal digits are `text[from, to)`. No digits mean zero.
  void number(String text, int from, int to) {
    int start = Scan.afterZeros(text, from, to);
    int digits = to - start;
    if (digits < LONG_NUMBER) {
      tag(digits);
    } else {
      tag(LONG_NUMBER);
      tag(digits >>> 24);
      tag((digits >>> 16) & 0xFF);
      tag((digits >>> 8) & 0xFF);
      tag(digits & 0xFF);
    }
    for (int i = start; i < to; i++) {
      tag(text.charAt(i));
    }
  }

  void zero() {
    tag(0);
  }

  /// Writes `text[from, to)` in the order of its code points; a prefix comes before what it starts.
  void text(String text, int from, int to) {
    int at = from;
    while (at < to) {
      int codePoint = text.codePointAt(at);
      character(codePoint);
      at += Character.charCount(codePoint);
    }
    tag(0);
  }

  /// Writes `text[from, to)` as [#text] does, in lower case.
  void lowerCaseText(String text, int from, int to) {
    int at = from;
    while (at < to) {
      int codePoint = text.codePointAt(at);
      character(Character.toLowerCase(codePoint));
      at += Character.charCount(codePoint);
    }
    tag(0);
  }

  private void character(int codePoint) {
    if (codePoint < ESCAPED) {
      tag(codePoint + 1);
    } else {
      tag(0x80 + (codePoint >> 14));
      tag((codePoint >> 7) & 0x7F);
      tag(codePoint & 0x7F);
    }
  }
}
