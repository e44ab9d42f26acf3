// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Undoes one layer of the escapes that texts carry: percent signs, entities of HTML, and
/// backslashes with `u` or `x`.
///
/// One pass; what is no escape stays as it is, so that the result is never longer.
final class Escapes {

  private static final int LONGEST_ENTITY = 10;

  private Escapes() {}

  /// Returns `text` with one layer of escapes undone, the same object when there is none.
  static String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('&') < 0 && text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int next =
          switch (text.charAt(at)) {
            case '%' -> percent(text, at, out);
            case '&' -> entity(text, at, out);
            case '\\' -> backslash(text, at, out);
            default -> at;
          };
      if (next == at) {
        out.append(text.charAt(at++));
      } else {
        at = next;
      }
    }
    return out.toString();
  }

  private static int percent(String text, int from, StringBuilder out) {
    byte[] bytes = new byte[16];
    int count = 0;
    int at = from;
    while (at + 2 < text.length() && text.charAt(at) == '%') {
      int value = hex(text, at + 1, 2);
      if (value < 0) {
        break;
      }
      if (count == bytes.length) {
        bytes = Arrays.copyOf(bytes, count * 2);
      }
      bytes[count++] = (byte) value;
      at += 3;
    }
    if (count > 0) {
      out.append(new String(bytes, 0, count, UTF_8));
    }
    return at;
  }

  private static int entity(String text, int from, StringBuilder out) {
    int end = text.indexOf(';', from, Math.min(text.length(), from + LONGEST_ENTITY + 1));
    if (end < 0) {
      return from;
    }
    String name = text.substring(from + 1, end);
    int c =
        switch (name) {
          case "lt" -> '<';
          case "gt" -> '>';
          case "amp" -> '&';
          case "quot" -> '"';
          case "apos" -> '\'';
          case "nbsp" -> ' ';
          default -> number(name);
        };
    if (c < 0) {
      return from;
    }
    out.appendCodePoint(c);
    return end + 1;
  }

  private static int number(String name) {
    if (name.length() < 2 || name.charAt(0) != '#') {
      return -1;
    }
    boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
    try {
      int c = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
      return c > 0 && Character.isValidCodePoint(c) ? c : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static int backslash(String text, int from, StringBuilder out) {
    if (from + 1 >= text.length()) {
      return from;
    }
    int length =
        switch (text.charAt(from + 1)) {
          case 'u' -> 4;
          case 'x' -> 2;
          default -> 0;
        };
    if (length == 0) {
      char plain =
          switch (text.charAt(from + 1)) {
            case 'n', 't', 'r' -> ' ';
            case '"' -> '"';
            case '/' -> '/';
            default -> 0;
          };
      if (plain == 0) {
        return from;
      }
      out.append(plain);
      return from + 2;
    }
    int value = hex(text, from + 2, length);
    if (value < 0) {
      return from;
    }
    out.append((char) value);
    return from + 2 + length;
  }

  private static int hex(String text, int from, int length) {
    if (from + length > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + length; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
