// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.util.Arrays;

/// Bytes that grow: UTF-8 text put together without a string in between.
final class ByteText {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes;
  private int size;

  ByteText(int capacity) {
    bytes = new byte[capacity];
  }

  /// Returns the array behind it, of which the first [#size()] bytes count.
  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void add(char ascii) {
    room(1);
    bytes[size++] = (byte) ascii;
  }

  void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  void raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  void hex(byte[] digest) {
    room(2 * digest.length);
    for (byte b : digest) {
      bytes[size++] = HEX[(b >> 4) & 15];
      bytes[size++] = HEX[b & 15];
    }
  }

  /// Adds `text` as a JSON string.
  void quoted(String text) {
    room(3 * text.length() + 2);
    bytes[size++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (c >= 0x20 && c != '"' && c != '\\') {
          room(1);
          bytes[size++] = (byte) c;
        } else {
          escape(c);
        }
      } else {
        i += encode(text, i, c);
      }
    }
    room(1);
    bytes[size++] = '"';
  }

  private void escape(char c) {
    room(6);
    bytes[size++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[size++] = (byte) c;
      case '\b' -> bytes[size++] = 'b';
      case '\t' -> bytes[size++] = 't';
      case '\n' -> bytes[size++] = 'n';
      case '\f' -> bytes[size++] = 'f';
      case '\r' -> bytes[size++] = 'r';
      default -> {
        ascii("u00");
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 15];
      }
    }
  }

  /// Adds a character beyond ASCII and returns how many further characters of `text` it took.
  private int encode(String text, int at, char c) {
    room(4);
    if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | (c >> 6));
      bytes[size++] = (byte) (0x80 | (c & 0x3F));
      return 0;
    }
    if (Character.isHighSurrogate(c)
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1))) {
      int point = Character.toCodePoint(c, text.charAt(at + 1));
      bytes[size++] = (byte) (0xF0 | (point >> 18));
      bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
      bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
      bytes[size++] = (byte) (0x80 | (point & 0x3F));
      return 1;
    }
    char whole = Character.isSurrogate(c) ? '\uFFFD' : c;
    bytes[size++] = (byte) (0xE0 | (whole >> 12));
    bytes[size++] = (byte) (0x80 | ((whole >> 6) & 0x3F));
    bytes[size++] = (byte) (0x80 | (whole & 0x3F));
    return 0;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
