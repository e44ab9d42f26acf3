// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;

/// Reads a jq or yq filter for what shows the environment or reads other files.
///
/// A text is skipped, but not what stands in its `\(…)`. A word behind a `.` is a field; one behind
/// a `$` is a variable, of which only `$ENV` counts.
final class JqFilter {

  private final String text;
  private int at;
  private boolean environment;
  private boolean otherFiles;
  private boolean doubtful;

  private JqFilter(String text) {
    this.text = text;
  }

  /// Adds to `draft` what running `filter` leads to.
  static void read(String program, Arg filter, Draft draft) {
    if (!(filter instanceof Arg.Known(String text))) {
      draft.raise(Nature.UNKNOWN, "the filter " + filter.shown() + " is not known");
      return;
    }
    JqFilter reading = new JqFilter(text);
    reading.code(0);
    if (reading.environment) {
      draft.want(
          new Want.Opaque("command.environment", text, "shows the environment, secrets included"));
    }
    if (reading.doubtful) {
      draft.raise(Nature.UNKNOWN, "where a comment of the filter ends is not certain");
    }
    if (reading.otherFiles) {
      draft.raise(Nature.UNKNOWN, program + " reads other files");
    }
  }

  /// Reads up to the end or, inside a text, up to the parenthesis that closes it.
  private void code(int inside) {
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        string(inside);
      } else if (c == '#') {
        comment();
      } else if (isLetter(c)) {
        word();
      } else {
        at++;
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth < 0 && inside > 0) {
          return;
        }
      }
    }
  }

  /// Skips a comment. Since jq 1.7 a backslash takes the next line in, and versions differ in what
  /// a carriage return does: a text that one of them sees would hide code from the other.
  private void comment() {
    int end = text.indexOf('\n', at);
    String comment = text.substring(at, end < 0 ? text.length() : end);
    doubtful |= comment.indexOf('\\') >= 0 || comment.indexOf('\r') >= 0;
    at += comment.length();
  }

  private void string(int inside) {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return;
      }
      if (c == '\\' && at < text.length()) {
        at++;
        if (text.charAt(at - 1) == '(') {
          if (inside > 50) {
            otherFiles = true;
            at = text.length();
          } else {
            code(inside + 1);
          }
        }
      }
    }
  }

  private void word() {
    int start = at;
    while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    char before = start == 0 ? ' ' : text.charAt(start - 1);
    String word = text.substring(start, at);
    if (before == '$') {
      environment |= word.equals("ENV");
    } else if (before != '.') {
      known(word);
    }
  }

  private void known(String word) {
    switch (word) {
      case "env", "strenv", "envsubst" -> environment = true;
      case "import",
          "include",
          "load",
          "load_str",
          "load_xml",
          "load_props",
          "load_base64",
          "modulemeta",
          "eval",
          "system" ->
          otherFiles = true;
      default -> {}
    }
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
