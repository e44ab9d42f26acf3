// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import java.util.Locale;
import java.util.Optional;

/// Tells words that code a text from words that are drawn at random or mean themselves.
final class Blobs {

  private Blobs() {}

  /// Returns whether `blob` is the code, in hexadecimal digits, base64 or base32, of a text of
  /// words.
  static boolean spells(String blob) {
    return Decoded.readable(blob).filter(Blobs::isText).isPresent()
        || base32(blob).filter(Blobs::isText).isPresent();
  }

  /* Words with a blank, a line of assignments, or nothing but letters. */
  private static boolean isText(String text) {
    int letters = 0;
    int ascii = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      letters += Character.isLetter(c) || c == ' ' ? 1 : 0;
      ascii += c < 0x80 ? 1 : 0;
    }
    boolean plain = ascii == text.length() || letters * 10 > text.length() * 8;
    return text.length() >= 8
        && plain
        && letters * 10 >= text.length() * 6
        && !(text.startsWith("{\"alg\"") || text.startsWith("{\"typ\""))
        && (text.indexOf(' ') > 0
            || text.indexOf('=') > 0
            || text.indexOf(':') > 0
            || letters == text.length());
  }

  private static Optional<String> base32(String text) {
    if (text.length() < 16) {
      return Optional.empty();
    }
    String upper = text.toUpperCase(Locale.ROOT);
    StringBuilder out = new StringBuilder();
    int bits = 0;
    int value = 0;
    for (int i = 0; i < upper.length(); i++) {
      int digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(upper.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      value = (value << 5 | digit) & 0xFFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        char c = (char) (value >> bits & 0xFF);
        if (c < ' ' || c > '~') {
          return Optional.empty();
        }
        out.append(c);
      }
    }
    return Optional.of(out.toString());
  }
}
