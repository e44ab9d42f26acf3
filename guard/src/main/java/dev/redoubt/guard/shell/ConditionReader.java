// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Command.Construct;
import dev.redoubt.guard.shell.Part.Literal;
import dev.redoubt.guard.shell.Part.Quoting;
import java.util.ArrayList;
import java.util.List;

/// Reads `[[ … ]]`.
final class ConditionReader {

  private final Grammar grammar;
  private final Input in;

  ConditionReader(Grammar grammar) {
    this.grammar = grammar;
    this.in = grammar.in;
  }

  Construct read() {
    in.bashOnly("[[ ]]", in.pos());
    in.skip(2);
    List<Word> words = new ArrayList<>();
    any(words);
    if (!grammar.scripts.isAt("]]")) {
      throw in.refuse("\"]]\" is missing");
    }
    in.skip(2);
    return new Command.Test(words);
  }

  /// Reads terms joined by `&&` and `||`.
  private void any(List<Word> words) {
    in.enter();
    term(words);
    newlines();
    while (in.isAt('&', '&') || in.isAt('|', '|')) {
      words.add(sign(2));
      term(words);
      newlines();
    }
    in.leave();
  }

  private void term(List<Word> words) {
    newlines();
    while (grammar.scripts.isAt("!")) {
      words.add(sign(1));
      newlines();
    }
    if (in.peek() == '(') {
      words.add(sign(1));
      any(words);
      if (in.peek() != ')') {
        throw in.refuse("a ( in [[ is not closed");
      }
      words.add(sign(1));
      return;
    }
    Word first = operand();
    words.add(first);
    grammar.scripts.blanks();
    if (isUnary(ScriptReader.plain(first))) {
      words.add(operand());
      return;
    }
    if (!isEnd()) {
      binary(words);
    }
  }

  private boolean isEnd() {
    return grammar.scripts.isAt("]]")
        || in.isAt('&', '&')
        || in.isAt('|', '|')
        || in.peek() == ')'
        || in.peek() == Input.END;
  }

  private void binary(List<Word> words) {
    if (in.peek() == '<' || in.peek() == '>') {
      words.add(sign(1));
      grammar.scripts.blanks();
      words.add(operand());
      return;
    }
    Word operator = operand();
    words.add(operator);
    grammar.scripts.blanks();
    switch (ScriptReader.plain(operator)) {
      case "=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef" ->
          words.add(operand());
      case "=~" -> words.add(expression());
      default -> throw in.refuse("an operator that [[ does not have");
    }
  }

  private Word operand() {
    if (grammar.scripts.isAt("]]")) {
      throw in.refuse("an operand is missing in [[");
    }
    return grammar.words.pattern();
  }

  /// Reads a regular expression, in which `(`, `)` and `|` are ordinary when they are balanced.
  private Word expression() {
    int start = in.pos();
    PartList parts = new PartList();
    int level = 0;
    while (true) {
      int before = in.pos();
      grammar.words.read(parts);
      int c = in.peek();
      if (isInExpression(c, level)) {
        level += c == '(' ? 1 : c == ')' ? -1 : 0;
        parts.add((char) c, Quoting.QUOTED);
        in.skip();
      } else if (level > 0 || (in.pos() == before && parts.isEmpty())) {
        throw in.refuse("a regular expression that is not followed");
      } else {
        return new Word(parts.parts(), in.span(start));
      }
    }
  }

  private boolean isInExpression(int c, int level) {
    return switch (c) {
      case '(' -> true;
      case ')' -> level > 0;
      case '|' -> level > 0 || in.at(1) != '|';
      default -> false;
    };
  }

  private Word sign(int length) {
    int start = in.pos();
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) in.peek());
      in.skip();
    }
    return new Word(List.of(new Literal(text.toString(), Quoting.PLAIN)), in.span(start));
  }

  private void newlines() {
    grammar.scripts.blanks();
    while (in.peek() == '\n') {
      in.newlineInside();
      in.skip();
      grammar.scripts.blanks();
    }
  }

  private static boolean isUnary(String word) {
    return word.length() == 2
        && word.charAt(0) == '-'
        && "abcdefghknoprstuvwxzGLNORS".indexOf(word.charAt(1)) >= 0;
  }
}
