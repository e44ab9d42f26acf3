// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.commands;

import java.util.ArrayList;
import java.util.List;

/// Splits a script into its simple commands, well enough to see what they start.
///
/// Quotes group, `;`, `&`, `&&`, `||`, `|` and line breaks separate. Nothing is expanded;
/// redirections and everything more structured stay words. A backslash escapes only a blank, a
/// quote, `$` or another backslash, so Windows paths survive.
public final class ShellScript {

  /// A simple command, and the operator that follows it (empty at the end).
  public record Step(List<Word> words, String operator) {
    public Step {
      words = List.copyOf(words);
    }
  }

  private final String text;
  private final List<Step> steps = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private List<Word> words = new ArrayList<>();
  private boolean quoted;
  private int line;

  private ShellScript(String text, int line) {
    this.text = text;
    this.line = line;
  }

  /// Returns the simple commands of `script`, whose first character is on `line`.
  public static List<Step> steps(Word script) {
    return new ShellScript(script.text(), script.line()).read();
  }

  private List<Step> read() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = quote(i, c);
      } else if (c == '\\' && i + 1 < text.length() && escapes(text.charAt(i + 1))) {
        word.append(text.charAt(i + 1));
        i += 2;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        endWord();
        i++;
      } else if (c == ';' || c == '\n' || c == '|' || c == '&') {
        i = operator(i, c);
      } else {
        word.append(c);
        i++;
      }
    }
    endStep("");
    return steps;
  }

  private int quote(int start, char quote) {
    quoted = true;
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != quote) {
      if (quote == '"'
          && text.charAt(i) == '\\'
          && i + 1 < text.length()
          && "\"\\$`".indexOf(text.charAt(i + 1)) >= 0) {
        i++;
      }
      word.append(text.charAt(i));
      i++;
    }
    return i + 1;
  }

  private int operator(int i, char c) {
    if (c == '&' && !word.isEmpty() && word.charAt(word.length() - 1) == '>') {
      word.append(c);
      return i + 1;
    }
    boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c && c != '\n' && c != ';';
    endStep(doubled ? "" + c + c : String.valueOf(c));
    return doubled ? i + 2 : i + 1;
  }

  private static boolean escapes(char c) {
    return c == ' ' || c == '\'' || c == '"' || c == '$' || c == '\\' || c == '\n';
  }

  private void endWord() {
    if (!word.isEmpty() || quoted) {
      words.add(new Word(word.toString(), line));
      word.setLength(0);
      quoted = false;
    }
  }

  private void endStep(String operator) {
    endWord();
    if (!words.isEmpty()) {
      steps.add(new Step(words, operator));
      words = new ArrayList<>();
    }
    if (operator.equals("\n")) {
      line++;
    }
  }
}
