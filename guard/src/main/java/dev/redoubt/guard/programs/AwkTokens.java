// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.ArrayList;
import java.util.List;

/// Splits an awk program into words, signs, texts and regular expressions. Not reusable.
///
/// Whether a `/` divides or opens a regular expression follows from what stands before it. Where
/// the other reading would hide a text or a comment, nothing is understood.
final class AwkTokens {

  private static final List<String> LONG_SIGNS =
      List.of("|&", "||", ">>", ">=", "<=", "==", "!=", "!~", "&&", "++", "--", "+=", "-=", "*=");

  /// What a piece of a program is.
  enum Kind {
    WORD,
    NUMBER,
    STRING,
    REGEX,
    SIGN,
    NEWLINE
  }

  /// A piece of a program.
  ///
  /// @param text of a string what stands between its quotes
  record Token(Kind kind, String text) {
    boolean isSign(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private AwkTokens(String text) {
    this.text = text;
  }

  /// Returns the pieces of `program`; none when it is not understood.
  static List<Token> of(String program) {
    AwkTokens reading = new AwkTokens(program);
    while (reading.at < program.length()) {
      if (!reading.next()) {
        return List.of();
      }
    }
    return reading.tokens;
  }

  private boolean next() {
    char c = text.charAt(at);
    if (c == ' ' || c == '\t') {
      at++;
    } else if (c == '\n') {
      at++;
      tokens.add(new Token(Kind.NEWLINE, "\n"));
    } else if (c == '\\') {
      boolean joins = text.startsWith("\\\n", at);
      at += 2;
      return joins;
    } else if (c == '#') {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else if (isLetter(c)) {
      add(Kind.WORD, end(true));
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (c == '"') {
      return delimited('"', Kind.STRING);
    } else if (c == '/') {
      return slash();
    } else {
      return sign(c);
    }
    return true;
  }

  private int end(boolean letters) {
    int end = at;
    while (end < text.length()
        && (isDigit(text.charAt(end)) || (letters && isLetter(text.charAt(end))))) {
      end++;
    }
    return end;
  }

  /// Reads digits and dots only: `1e5` becomes two pieces, which changes nothing here.
  private void number() {
    int end = at;
    while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    add(Kind.NUMBER, end);
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end)));
    at = end;
  }

  private boolean sign(char c) {
    for (String sign : LONG_SIGNS) {
      if (text.startsWith(sign, at)) {
        add(Kind.SIGN, at + sign.length());
        return true;
      }
    }
    boolean known = "{}()[];,+-*%^!<>|?:~$=&@".indexOf(c) >= 0;
    if (known) {
      add(Kind.SIGN, at + 1);
    }
    return known;
  }

  private boolean delimited(char delimiter, Kind kind) {
    boolean bracket = false;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        if (i < text.length() && text.charAt(i) == '\n') {
          return false;
        }
      } else if (c == '\n') {
        return false;
      } else if (c == delimiter && !bracket) {
        // An awk that ends the expression inside a bracket fails on it and runs nothing.
        tokens.add(new Token(kind, text.substring(at + 1, i)));
        at = i + 1;
        return true;
      } else if (kind == Kind.REGEX && c == '[' && !bracket) {
        bracket = true;
        i = skipFirstInBracket(i);
      } else if (bracket && c == '[' && i + 1 < text.length()) {
        int end = text.indexOf(":]", i + 2);
        char next = text.charAt(i + 1);
        if (next == '.' || next == '=' || (next == ':' && end < 0)) {
          return false;
        }
        i = next == ':' ? end + 1 : i;
      } else if (c == ']') {
        bracket = false;
      }
    }
    return false;
  }

  /// Returns the index of the last character that is plain because it comes first in a bracket.
  private int skipFirstInBracket(int open) {
    int i = open;
    if (text.startsWith("^", i + 1)) {
      i++;
    }
    if (text.startsWith("]", i + 1)) {
      i++;
    }
    return i;
  }

  private boolean slash() {
    if (!dividesHere()) {
      return opensRegexHere() && delimited('/', Kind.REGEX);
    }
    int line = text.indexOf('\n', at);
    String rest = text.substring(at + 1, line < 0 ? text.length() : line);
    int other = rest.indexOf('/');
    // If it opened an expression after all, what stands in it would have to be harmless.
    String between = other < 0 ? "" : rest.substring(0, other);
    if (between.indexOf('"') >= 0 || between.indexOf('#') >= 0 || between.indexOf('\\') >= 0) {
      return false;
    }
    add(Kind.SIGN, at + 1);
    return true;
  }

  private boolean dividesHere() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token before = tokens.getLast();
    return switch (before.kind()) {
      case NUMBER, STRING -> true;
      case WORD -> !isKeyword(before.text());
      case SIGN -> before.isSign(")") || before.isSign("]");
      case REGEX, NEWLINE -> false;
    };
  }

  /// Returns whether a `/` that does not divide can only open a regular expression.
  private boolean opensRegexHere() {
    if (tokens.isEmpty()) {
      return true;
    }
    Token before = tokens.getLast();
    return switch (before.kind()) {
      case NEWLINE -> true;
      case SIGN -> !before.isSign("++") && !before.isSign("--") && !before.isSign("$");
      case WORD -> !before.text().equals("getline") && !before.text().equals("length");
      case NUMBER, STRING, REGEX -> false;
    };
  }

  private static boolean isKeyword(String word) {
    return switch (word) {
      case "BEGIN",
          "END",
          "print",
          "printf",
          "return",
          "in",
          "do",
          "else",
          "case",
          "getline",
          "length",
          "exit",
          "delete",
          "if",
          "while",
          "for",
          "switch",
          "default",
          "next" ->
          true;
      default -> false;
    };
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
