// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.util.ArrayList;
import java.util.List;

/// The characters of a TOML text and the place in it: white space, keys and strings.
final class TomlText {

  private static final char END = '\0';
  private static final int MOST_KEYS = 10_000;

  private final String text;
  private int at;
  private int line = 1;

  TomlText(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  int line() {
    return line;
  }

  /// Returns the next character, or a zero character at the end, which no rule of TOML accepts.
  char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  void expect(char c, String what) throws DocumentException {
    if (peek() != c || atEnd()) {
      throw unexpected(what);
    }
    at++;
  }

  void skipSpaces() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  /// Skips white space, line ends and comments.
  void skipBlankLines() throws DocumentException {
    while (true) {
      skipSpaces();
      if (peek() == '#') {
        skipComment();
      } else if (!skipLineEnd()) {
        return;
      }
    }
  }

  void endLine() throws DocumentException {
    skipSpaces();
    if (peek() == '#') {
      skipComment();
    }
    if (!atEnd() && !skipLineEnd()) {
      throw unexpected("the end of the line");
    }
  }

  private void skipComment() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private boolean skipLineEnd() throws DocumentException {
    if (peek() == '\n') {
      at++;
    } else if (text.startsWith("\r\n", at)) {
      at += 2;
    } else {
      return false;
    }
    line++;
    return true;
  }

  /// Returns the parts of a key, spaces around it skipped.
  List<String> key() throws DocumentException {
    List<String> parts = new ArrayList<>();
    while (parts.size() < MOST_KEYS) {
      skipSpaces();
      parts.add(peek() == '"' || peek() == '\'' ? string(false) : bareKey());
      skipSpaces();
      if (peek() != '.') {
        return parts;
      }
      at++;
    }
    throw mistake("a key of more than %,d parts".formatted(MOST_KEYS));
  }

  private String bareKey() throws DocumentException {
    int start = at;
    while (isBareKeyPart(peek())) {
      at++;
    }
    if (at == start) {
      throw unexpected("a key");
    }
    return text.substring(start, at);
  }

  private static boolean isBareKeyPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  /// Returns the word of a number, boolean, date or time; a date and a time may have one space
  /// between them.
  String bare() throws DocumentException {
    int start = at;
    while (isBarePart(peek())) {
      at++;
    }
    boolean date = at - start == 10 && text.charAt(start + 4) == '-';
    if (date && peek() == ' ' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
      at++;
      while (isBarePart(peek())) {
        at++;
      }
    }
    if (at == start) {
      throw unexpected("a value");
    }
    return text.substring(start, at);
  }

  private static boolean isBarePart(char c) {
    return isBareKeyPart(c) || c == '+' || c == '.' || c == ':';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Returns the string that starts here.
  ///
  /// @param mayBreak whether the forms in three quotes are allowed, as they are for values
  String string(boolean mayBreak) throws DocumentException {
    char quote = peek();
    String three = String.valueOf(quote).repeat(3);
    if (mayBreak && text.startsWith(three, at)) {
      at += 3;
      skipLineEnd();
      return multiLine(quote, three);
    }
    at++;
    int start = at;
    while (!atEnd() && peek() != quote && peek() != '\\' && isStringPart(peek())) {
      at++;
    }
    if (peek() == quote && !atEnd()) {
      return text.substring(start, at++);
    }
    StringBuilder value = new StringBuilder(text.substring(start, at));
    while (peek() != quote) {
      if (peek() == '\\' && quote == '"') {
        escape(value);
      } else if (!atEnd() && isStringPart(peek())) {
        value.append(text.charAt(at++));
      } else {
        throw unexpected("the end of the string");
      }
    }
    at++;
    return value.toString();
  }

  private String multiLine(char quote, String three) throws DocumentException {
    StringBuilder value = new StringBuilder();
    while (!text.startsWith(three, at)) {
      if (peek() == '\\' && quote == '"') {
        if (!skipContinuation()) {
          escape(value);
        }
      } else if (skipLineEnd()) {
        value.append('\n');
      } else if (!atEnd() && isStringPart(peek())) {
        value.append(text.charAt(at++));
      } else {
        throw unexpected("the end of the string");
      }
    }
    at += 3;
    // Up to two quotes may stand before the closing three.
    for (int extra = 0; extra < 2 && peek() == quote; extra++) {
      value.append(quote);
      at++;
    }
    return value.toString();
  }

  /* A backslash at the end of a line swallows all white space up to the next character. */
  private boolean skipContinuation() throws DocumentException {
    int i = at + 1;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    if (!text.startsWith("\n", i) && !text.startsWith("\r\n", i)) {
      return false;
    }
    at = i;
    while (skipLineEnd()) {
      skipSpaces();
    }
    return true;
  }

  private void escape(StringBuilder value) throws DocumentException {
    at++;
    char c = peek();
    at++;
    switch (c) {
      case 'b' -> value.append('\b');
      case 't' -> value.append('\t');
      case 'n' -> value.append('\n');
      case 'f' -> value.append('\f');
      case 'r' -> value.append('\r');
      case 'e' -> value.append('\u001b');
      case '"' -> value.append('"');
      case '\\' -> value.append('\\');
      case 'x' -> value.appendCodePoint(hexadecimal(2));
      case 'u' -> value.appendCodePoint(hexadecimal(4));
      case 'U' -> value.appendCodePoint(hexadecimal(8));
      default -> throw mistake("an unknown escape in a string");
    }
  }

  private int hexadecimal(int digits) throws DocumentException {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw unexpected("a hexadecimal digit");
      }
      value = value * 16 + digit;
      at++;
    }
    if (value > Character.MAX_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF)) {
      throw mistake("an escape that is no character");
    }
    return (int) value;
  }

  private static boolean isStringPart(char c) {
    return c == '\t' || (c >= ' ' && c != '\u007f');
  }

  DocumentException unexpected(String wanted) {
    char c = peek();
    String found =
        atEnd()
            ? "the end of the file"
            : c == '\n' || c == '\r' ? "the end of the line" : "\"%s\"".formatted(c);
    return mistake("%s where %s was expected".formatted(found, wanted));
  }

  DocumentException mistake(String what) {
    int start = at == 0 ? 0 : text.lastIndexOf('\n', Math.min(at, text.length()) - 1) + 1;
    return new DocumentException(line, at - start + 1, "is not TOML: " + what, "correct the file");
  }
}
