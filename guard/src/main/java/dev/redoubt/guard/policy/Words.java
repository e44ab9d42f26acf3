// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import java.util.ArrayList;
import java.util.List;

/// Splits the words of a command in a rule: at spaces, outside quotes.
///
/// What stands in `'…'` or `"…"` is literal; a backslash makes the next character literal, in
/// double quotes too. That is all: no variables, no substitutions.
final class Words {

  /// What the words become.
  enum Form {
    /// As written in a list of patterns: what was quoted is escaped with backslashes.
    PATTERN,
    /// The very words.
    TEXT
  }

  private final String text;
  private final Form form;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private Words(String text, Form form) {
    this.text = text;
    this.form = form;
  }

  /// Returns the words of `text`.
  ///
  /// @throws IllegalArgumentException if a quote or a backslash is left open; the message says so
  static List<String> of(String text, Form form) {
    return new Words(text, form).split();
  }

  private List<String> split() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case ' ', '\t' -> endWord();
        case '\'' -> quoted('\'');
        case '"' -> quoted('"');
        case '\\' -> literal(next());
        default -> {
          word.append(c);
          inWord = true;
        }
      }
    }
    endWord();
    return words;
  }

  private void quoted(char quote) {
    inWord = true;
    while (true) {
      if (at == text.length()) {
        throw new IllegalArgumentException("a quote is not closed");
      }
      char c = text.charAt(at++);
      if (c == quote) {
        return;
      }
      literal(c == '\\' && quote == '"' ? next() : c);
    }
  }

  private char next() {
    if (at == text.length()) {
      throw new IllegalArgumentException("nothing follows the last backslash");
    }
    return text.charAt(at++);
  }

  private void literal(char c) {
    if (form == Form.PATTERN && (c == '*' || c == '\\')) {
      word.append('\\');
    }
    word.append(c);
    inWord = true;
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  /// Returns `word` quoted where it has to be, so that [#of] gives it back as a literal word.
  static String quoted(String word) {
    boolean plain = !word.isEmpty();
    for (int i = 0; i < word.length() && plain; i++) {
      char c = word.charAt(i);
      plain = c > ' ' && c != '\'' && c != '"' && c != '\\' && c != '*';
    }
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
