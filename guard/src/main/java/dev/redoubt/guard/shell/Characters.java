// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

/// Which characters mean what to the shell, and which are refused.
final class Characters {

  private Characters() {}

  /// Returns the offset of the first character that no line may contain; -1 when there is none.
  static int firstRefused(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t') {
        continue;
      }
      if (isHidden(c) || isLoneSurrogate(text, i) || isTag(text, i)) {
        return i;
      }
    }
    return -1;
  }

  /// Decides whether a character does not show, or changes how others show.
  private static boolean isHidden(char c) {
    return c < 0x20
        || (c >= 0x7f && c < 0xa0)
        || c == 0xad
        || c == 0x34f
        || c == 0x61c
        || c == 0x115f
        || c == 0x1160
        || c == 0x17b4
        || c == 0x17b5
        || (c >= 0x180b && c <= 0x180f)
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f)
        || c == 0x3164
        || c == 0xfeff
        || c == 0xffa0
        || (c >= 0xfff0 && c <= 0xfffb);
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  /// Decides whether a tag character (an invisible copy of ASCII) stands there.
  private static boolean isTag(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i)) && text.codePointAt(i) >>> 12 == 0xe0;
  }

  /// Decides whether a character that the shell takes for a letter looks like a blank.
  static boolean looksBlank(int c) {
    return c >= 0x80 && (Character.isSpaceChar(c) || Character.isWhitespace(c) || c == 0x2800);
  }

  static boolean startsName(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean continuesName(int c) {
    return startsName(c) || isDigit(c);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  /// Decides whether an unquoted character, or the end of the text, ends a word.
  static boolean endsWord(int c) {
    return switch (c) {
      case Input.END, ' ', '\t', '\n', '|', '&', ';', '(', ')', '<', '>' -> true;
      default -> false;
    };
  }

  static boolean isName(String text) {
    if (text.isEmpty() || !startsName(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!continuesName(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
