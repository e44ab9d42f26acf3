// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

/// Decodes what stands between `$'` and `'`.
final class AnsiCText {

  private final String text;
  private final int origin;
  private final StringBuilder decoded = new StringBuilder();
  private int pos;

  private AnsiCText(String text, int origin) {
    this.text = text;
    this.origin = origin;
  }

  /// Returns what `text` means; escapes that end the text or make bytes that are no ASCII are
  /// refused.
  static String decode(String text, int origin) {
    return new AnsiCText(text, origin).decode();
  }

  private String decode() {
    while (pos < text.length()) {
      char c = text.charAt(pos++);
      if (c == '\\') {
        escape(text.charAt(pos++));
      } else {
        decoded.append(c);
      }
    }
    return decoded.toString();
  }

  private void escape(char c) {
    switch (c) {
      case 'a' -> decoded.append('\u0007');
      case 'b' -> decoded.append('\b');
      case 'e', 'E' -> decoded.append('\u001b');
      case 'f' -> decoded.append('\f');
      case 'n' -> decoded.append('\n');
      case 'r' -> decoded.append('\r');
      case 't' -> decoded.append('\t');
      case 'v' -> decoded.append('\u000b');
      case '\\', '\'', '"', '?' -> decoded.append(c);
      case 'x' -> ascii(number(16, 2));
      case 'u' -> codePoint(number(16, 4));
      case 'U' -> codePoint(number(16, 8));
      case 'c' -> control();
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        pos--;
        ascii(number(8, 3));
      }
      default -> decoded.append('\\').append(c);
    }
  }

  /// Reads 1 to `most` digits.
  private long number(int radix, int most) {
    long value = 0;
    int start = pos;
    while (pos < text.length() && pos - start < most) {
      char c = text.charAt(pos);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        break;
      }
      value = value * radix + digit;
      pos++;
    }
    if (pos == start) {
      throw refuse("an escape without digits");
    }
    return value;
  }

  private void ascii(long value) {
    if (value >= 0x80) {
      throw refuse("an escape that makes half a character");
    }
    codePoint(value);
  }

  private void codePoint(long value) {
    if (value == 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
      throw refuse("an escape that makes no character");
    }
    decoded.appendCodePoint((int) value);
  }

  private void control() {
    char c = pos < text.length() ? text.charAt(pos++) : 0;
    if (!Characters.startsName(c) || c == '_') {
      throw refuse("an unusual control escape");
    }
    decoded.append((char) (c & 0x1f));
  }

  private Refusal refuse(String reason) {
    return new Refusal(reason, origin + pos);
  }
}
