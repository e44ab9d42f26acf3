// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// The few ways in which every order walks through a version. Digits and letters are those of
/// ASCII; anything else is neither.
final class Scan {

  private Scan() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigitAt(String text, int at) {
    return at < text.length() && isDigit(text.charAt(at));
  }

  static boolean isAt(String text, int at, char wanted) {
    return at < text.length() && text.charAt(at) == wanted;
  }

  /// Returns the first place at or after `from` that holds no digit.
  static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /// Returns the first place at or after `from` that holds no letter.
  static int afterLetters(String text, int from) {
    int at = from;
    while (at < text.length() && isLetter(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /// Returns the first place in `[from, to)` that holds no `0`, or `to`.
  static int afterZeros(String text, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  /// Whether `[from, to)` holds at least one digit and nothing else.
  static boolean isNumber(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return from < to;
  }

  /// Whether `text[from, to)` is `word`, which is in lower case, in any case.
  static boolean isWord(String text, int from, int to, String word) {
    return to - from == word.length() && text.regionMatches(true, from, word, 0, word.length());
  }
}
