// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import static java.util.Objects.requireNonNull;

/// A text that is read from its beginning to its end.
final class Characters {

  private final String text;
  int at;

  Characters(String text) {
    this.text = requireNonNull(text, "text");
  }

  boolean isOver() {
    return at >= text.length();
  }

  /// Returns the character it stands at, 0 at the end.
  char peek() {
    return isOver() ? 0 : text.charAt(at);
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, at);
  }

  char next() throws NotUnderstoodException {
    if (isOver()) {
      throw wrong("it ends too early");
    }
    return text.charAt(at++);
  }

  void expect(char wanted) throws NotUnderstoodException {
    if (next() != wanted) {
      at--;
      throw wrong("a \"%s\" is missing".formatted(wanted));
    }
  }

  void skipTo(String end) throws NotUnderstoodException {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw wrong("\"%s\" is missing".formatted(end.strip()));
    }
    at = found;
  }

  void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  void skipBlanks(String blanks) {
    while (!isOver() && blanks.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  String since(int start) {
    return text.substring(start, at);
  }

  /// Returns the characters of a text up to `quote`, behind which it then stands.
  ///
  /// @param newline whether a line break may be among them
  String quoted(char quote, boolean newline) throws NotUnderstoodException {
    StringBuilder value = new StringBuilder();
    for (char c = next(); c != quote; c = next()) {
      if (c == '\\') {
        escaped(value);
      } else if (c == '\n' && !newline) {
        throw wrong("a text does not end");
      } else {
        value.append(c);
      }
    }
    return value.toString();
  }

  private void escaped(StringBuilder value) throws NotUnderstoodException {
    char c = next();
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case '"', '\\', '/' -> value.append(c);
      case 'u' -> value.appendCodePoint(code(4));
      case 'U' -> value.appendCodePoint(code(8));
      default -> throw wrong("\"\\%s\" means nothing".formatted(c));
    }
  }

  private int code(int digits) throws NotUnderstoodException {
    int code = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(next(), 16);
      code = code * 16 + digit;
      if (digit < 0 || code > Character.MAX_CODE_POINT) {
        throw wrong("a character that is no hex digit");
      }
    }
    return code;
  }

  /// Returns that it is not understood where it stands.
  NotUnderstoodException wrong(String what) {
    long line =
        text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count();
    return new NotUnderstoodException("line %d: %s".formatted(line + 1, what));
  }
}
