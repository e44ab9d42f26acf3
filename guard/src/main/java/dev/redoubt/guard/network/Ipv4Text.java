// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import org.jspecify.annotations.Nullable;

/// The one spelling of an IPv4 address: four decimal numbers without leading zeros.
final class Ipv4Text {

  private Ipv4Text() {}

  /// Returns the 4 bytes, or null when `text` is spelled in any other way.
  static byte @Nullable [] parse(String text) {
    int length = text.length();
    byte[] bytes = new byte[4];
    int at = 0;
    for (int part = 0; part < 4; part++) {
      int start = at;
      int value = 0;
      while (at < length && at - start < 3 && isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at) - '0';
        at++;
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      if (at == start || value > 255 || leadingZero) {
        return null;
      }
      bytes[part] = (byte) value;
      if (part < 3 && (at >= length || text.charAt(at++) != '.')) {
        return null;
      }
    }
    return at == length ? bytes : null;
  }

  /// Returns the spelling of the 4 bytes from `offset` on.
  static String format(byte[] bytes, int offset) {
    StringBuilder text = new StringBuilder(15);
    for (int i = 0; i < 4; i++) {
      if (i > 0) {
        text.append('.');
      }
      text.append(bytes[offset + i] & 0xFF);
    }
    return text.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
