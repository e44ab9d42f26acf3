// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import java.util.ArrayList;
import java.util.List;

/// Cuts a build script, Groovy or Kotlin, into words, texts and signs. Linear, never fails: what is
/// no text that ends becomes signs.
final class GradleTokens {

  /// One piece of a script.
  ///
  /// @param text of a text what is between the quotes, of a word the dotted name, of a sign itself
  record Token(Kind kind, String text, int line) {
    boolean is(char sign) {
      return kind == Kind.SIGN && text.charAt(0) == sign;
    }

    boolean isText() {
      return kind == Kind.TEXT || kind == Kind.TEMPLATE;
    }
  }

  enum Kind {
    WORD,
    /// A text without anything to fill in.
    TEXT,
    /// A text in double quotes with a `$` in it.
    TEMPLATE,
    SIGN,
    END_OF_LINE
  }

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  private GradleTokens(String source) {
    this.source = source;
  }

  static List<Token> of(String source) {
    GradleTokens cutter = new GradleTokens(source);
    while (cutter.at < source.length()) {
      cutter.next();
    }
    return cutter.tokens;
  }

  private void next() {
    char c = source.charAt(at);
    if (c == '\n') {
      add(Kind.END_OF_LINE, "\n", at + 1);
      line++;
    } else if (c <= ' ') {
      at++;
    } else if (source.startsWith("//", at) || (c == '#' && at == 0)) {
      int end = source.indexOf('\n', at);
      at = end < 0 ? source.length() : end;
    } else if (source.startsWith("/*", at)) {
      int end = source.indexOf("*/", at + 2);
      skipTo(end < 0 ? source.length() : end + 2);
    } else if (c == '"' || c == '\'') {
      text(c);
    } else if (Character.isJavaIdentifierStart(c) || c == '`') {
      word();
    } else {
      add(Kind.SIGN, String.valueOf(c), at + 1);
    }
  }

  private void text(char quote) {
    String three = String.valueOf(quote).repeat(3);
    boolean block = source.startsWith(three, at);
    String close = block ? three : String.valueOf(quote);
    int start = at + close.length();
    int end = start;
    while (end < source.length() && !source.startsWith(close, end)) {
      char c = source.charAt(end);
      if (c == '\n' && !block) {
        add(Kind.SIGN, String.valueOf(quote), at + 1);
        return;
      }
      end += c == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      add(Kind.SIGN, String.valueOf(quote), at + 1);
      return;
    }
    String value = source.substring(start, end);
    boolean template = quote == '"' && value.indexOf('$') >= 0;
    tokens.add(new Token(template ? Kind.TEMPLATE : Kind.TEXT, value, line));
    skipTo(end + close.length());
  }

  private void word() {
    int end = at + 1;
    while (end < source.length()) {
      char c = source.charAt(end);
      boolean dot =
          c == '.'
              && end + 1 < source.length()
              && Character.isJavaIdentifierStart(source.charAt(end + 1));
      if (!dot && c != '`' && !Character.isJavaIdentifierPart(c)) {
        break;
      }
      end++;
    }
    add(Kind.WORD, source.substring(at, end).replace("`", ""), end);
  }

  private void skipTo(int end) {
    for (int i = at; i < end; i++) {
      if (source.charAt(i) == '\n') {
        line++;
      }
    }
    at = end;
  }

  private void add(Kind kind, String text, int end) {
    tokens.add(new Token(kind, text, line));
    at = end;
  }
}
