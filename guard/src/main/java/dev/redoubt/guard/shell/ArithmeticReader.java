// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.Quoting;
import dev.redoubt.guard.shell.QuoteReader.Around;

/// Reads arithmetic, as text in which something may be expanded.
final class ArithmeticReader {

  private static final String OTHERS = " \t\n+-*/%<>=!&|^~?:,()[]#;";

  private final Grammar grammar;
  private final Input in;

  ArithmeticReader(Grammar grammar) {
    this.grammar = grammar;
    this.in = grammar.in;
  }

  /// Reads up to the `))` that closes it, that included.
  Word parenthesised() {
    in.enter();
    int start = in.pos();
    PartList parts = new PartList();
    int level = 0;
    while (level > 0 || in.peek() != ')') {
      int c = in.peek();
      level += c == '(' ? 1 : c == ')' ? -1 : 0;
      piece(parts, c);
    }
    Word expression = new Word(parts.parts(), in.span(start));
    in.skip();
    if (in.peek() != ')') {
      throw in.refuse("\"((\" without \"))\": for a subshell in a subshell write \"( (\"");
    }
    requireArithmetic(expression.span().written());
    in.skip();
    in.leave();
    return expression;
  }

  /// Refuses text between `((` and `))` that Bash may take for commands: it counts parentheses
  /// without a look at what is nested.
  private void requireArithmetic(String written) {
    int level = 0;
    boolean lines = written.indexOf('\n') >= 0;
    for (int i = 0; i < written.length() && level >= 0; i++) {
      switch (written.charAt(i)) {
        case '(' -> level++;
        case ')' -> level--;
        case '\'', '"', '\\' -> throw in.refuse("quotes in arithmetic");
        case '#' -> {
          if (lines) {
            throw in.refuse("a comment in arithmetic");
          }
        }
        default -> {
          // Means nothing to the count.
        }
      }
    }
    if (level != 0 || (lines && written.contains("<<"))) {
      throw in.refuse("this may be arithmetic or a subshell in a subshell");
    }
  }

  /// Reads the offset or length of a piece of a parameter, up to `:` or `}`.
  Word piece() {
    int start = in.pos();
    PartList parts = new PartList();
    int level = 0;
    while (level > 0 || (in.peek() != ':' && in.peek() != '}')) {
      int c = in.peek();
      level += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (level < 0 || c == '?') {
        throw in.refuse("this arithmetic is not followed");
      }
      piece(parts, c);
    }
    return new Word(parts.parts(), in.span(start));
  }

  private void piece(PartList parts, int c) {
    switch (c) {
      case '$' -> grammar.dollars.read(parts, Around.DOCUMENT);
      case '`' -> parts.add(grammar.quotes.backticks(Around.DOCUMENT));
      case Input.END -> throw in.refuse("arithmetic is not closed");
      default -> {
        if (!Characters.continuesName(c) && OTHERS.indexOf(c) < 0) {
          throw in.refuse("a character that arithmetic does not have");
        }
        if (c == '\n') {
          in.newlineInside();
        }
        parts.add((char) c, Quoting.QUOTED);
        in.skip();
      }
    }
  }
}
