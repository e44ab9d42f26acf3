// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.CommandSubstitution;
import dev.redoubt.guard.shell.Part.DoubleQuoted;
import dev.redoubt.guard.shell.Part.Quoting;
import java.util.List;

/// Reads quoted text.
final class QuoteReader {

  /// What surrounds a part.
  enum Around {
    NOTHING,
    DOUBLE_QUOTES,
    /// A here-document or arithmetic: like double quotes, but a `"` is an ordinary character.
    DOCUMENT
  }

  private final Grammar grammar;
  private final Input in;

  QuoteReader(Grammar grammar) {
    this.grammar = grammar;
    this.in = grammar.in;
  }

  /// Reads `'…'`.
  void single(PartList parts) {
    in.skip();
    int start = in.pos();
    for (int c = in.rawPeek(); c != '\''; c = in.rawPeek()) {
      if (c == Input.END) {
        throw in.refuse("a ' is not closed");
      }
      if (c == '\n') {
        in.newlineInside();
      }
      in.rawSkip();
    }
    parts.add(in.text(), start, in.pos(), Quoting.QUOTED);
    in.rawSkip();
  }

  /// Reads `$'…'`.
  void ansiC(PartList parts) {
    in.bashOnly("$'…'", in.pos());
    in.skip(2);
    int start = in.pos();
    for (int c = in.rawPeek(); c != '\''; c = in.rawPeek()) {
      if (c == '\\') {
        in.rawSkip();
        c = in.rawPeek();
      }
      if (c == Input.END) {
        throw in.refuse("a $' is not closed");
      }
      if (c == '\n') {
        in.newlineInside();
      }
      in.rawSkip();
    }
    String written = in.text().substring(start, in.pos());
    parts.add(AnsiCText.decode(written, in.offset(start)), Quoting.QUOTED);
    in.rawSkip();
  }

  /// Reads a backslash outside of quotes and the character after it.
  void escaped(PartList parts) {
    in.skip();
    int c = in.rawPeek();
    if (c == Input.END) {
      throw in.refuse("a backslash at the end");
    }
    parts.add((char) c, Quoting.QUOTED);
    in.rawSkip();
  }

  /// Reads `"…"`.
  DoubleQuoted doubleQuoted() {
    in.enter();
    in.skip();
    PartList parts = new PartList();
    inside(parts, Around.DOUBLE_QUOTES);
    if (in.peek() != '"') {
      throw in.refuse("a \" is not closed");
    }
    in.skip();
    in.leave();
    return new DoubleQuoted(parts.parts());
  }

  /// Reads the whole input as the body of a here-document.
  List<Part> document() {
    PartList parts = new PartList();
    inside(parts, Around.DOCUMENT);
    return parts.parts();
  }

  private void inside(PartList parts, Around around) {
    for (int c = in.peek(); c != Input.END; c = in.peek()) {
      switch (c) {
        case '"' -> {
          if (around == Around.DOUBLE_QUOTES) {
            return;
          }
          literal(parts, c);
        }
        case '\\' -> backslash(parts, around);
        case '$' -> grammar.dollars.read(parts, around);
        case '`' -> parts.add(backticks(around));
        case '\n' -> {
          in.newlineInside();
          literal(parts, c);
        }
        default -> literal(parts, c);
      }
    }
  }

  private void literal(PartList parts, int c) {
    parts.add((char) c, Quoting.QUOTED);
    in.skip();
  }

  /// Reads a backslash between double quotes: it quotes only some characters.
  void backslash(PartList parts, Around around) {
    in.skip();
    int c = in.rawPeek();
    boolean quotes =
        c == '$' || c == '`' || c == '\\' || (c == '"' && around == Around.DOUBLE_QUOTES);
    if (quotes) {
      in.rawSkip();
      parts.add((char) c, Quoting.QUOTED);
    } else {
      parts.add('\\', Quoting.QUOTED);
    }
  }

  /// Reads a command between backticks.
  Part backticks(Around around) {
    in.enter();
    int start = in.pos();
    in.skip();
    StringBuilder command = new StringBuilder();
    int inner = in.pos();
    for (int c = in.rawPeek(); c != '`'; c = in.rawPeek()) {
      if (c == Input.END) {
        throw in.refuse("a ` is not closed");
      }
      if (c == '\n') {
        in.newlineInside();
      }
      in.rawSkip();
      if (c == '\\') {
        c = afterBackslash(command, around);
      }
      command.append((char) c);
    }
    in.rawSkip();
    Part part = new CommandSubstitution(nested(command.toString(), inner), in.span(start));
    in.leave();
    return part;
  }

  /// Reads what follows a backslash between backticks and returns it, the backslash dropped or
  /// kept.
  private int afterBackslash(StringBuilder command, Around around) {
    int c = in.rawPeek();
    if (c == Input.END) {
      throw in.refuse("a ` is not closed");
    }
    if (c == '\n' || (c == '"' && around != Around.NOTHING)) {
      throw in.refuse("shells do not agree on this backslash between backticks");
    }
    in.rawSkip();
    if (c != '$' && c != '`' && c != '\\') {
      command.append('\\');
    }
    return c;
  }

  private Script nested(String command, int start) {
    if (in.isSurvey()) {
      return new Script(List.of(), in.span(start));
    }
    return Grammar.script(command, in.offset(start), in.progress());
  }
}
