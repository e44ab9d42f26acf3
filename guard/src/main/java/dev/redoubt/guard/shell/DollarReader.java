// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.Arithmetic;
import dev.redoubt.guard.shell.Part.CommandSubstitution;
import dev.redoubt.guard.shell.Part.Direction;
import dev.redoubt.guard.shell.Part.Form;
import dev.redoubt.guard.shell.Part.Operation;
import dev.redoubt.guard.shell.Part.Parameter;
import dev.redoubt.guard.shell.Part.ProcessSubstitution;
import dev.redoubt.guard.shell.Part.Quoting;
import dev.redoubt.guard.shell.QuoteReader.Around;

/// Reads what starts with `$`, and process substitutions.
final class DollarReader {

  private final Grammar grammar;
  private final Input in;

  DollarReader(Grammar grammar) {
    this.grammar = grammar;
    this.in = grammar.in;
  }

  /// Reads the `$` that comes next and what belongs to it.
  void read(PartList parts, Around around) {
    int next = in.at(1);
    if (Characters.startsName(next)) {
      parts.add(named());
      return;
    }
    switch (next) {
      case '(' -> parts.add(in.at(2) == '(' ? arithmetic() : command());
      case '{' -> parts.add(grammar.parameters.braced(around));
      case '[' -> throw in.refuse("$[ ] is arithmetic to some shells only");
      case '\'', '"' -> quoted(parts, around, next);
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '@', '*', '#', '?', '-', '$', '!' ->
          parts.add(special());
      default -> {
        in.skip();
        parts.add('$', around == Around.NOTHING ? Quoting.PLAIN : Quoting.QUOTED);
      }
    }
  }

  private void quoted(PartList parts, Around around, int next) {
    if (around != Around.NOTHING) {
      in.skip();
      parts.add('$', Quoting.QUOTED);
    } else if (next == '\'') {
      grammar.quotes.ansiC(parts);
    } else {
      in.bashOnly("$\"…\"", in.pos());
      in.skip();
      parts.add(grammar.quotes.doubleQuoted());
    }
  }

  private Parameter named() {
    int start = in.pos();
    in.skip();
    String name = name();
    return new Parameter(name, null, Form.VALUE, Operation.NONE, in.span(start));
  }

  private Parameter special() {
    int start = in.pos();
    in.skip();
    String name = String.valueOf((char) in.peek());
    in.skip();
    return new Parameter(name, null, Form.VALUE, Operation.NONE, in.span(start));
  }

  /// Reads the name that comes next; empty when none does.
  String name() {
    StringBuilder name = new StringBuilder();
    if (Characters.startsName(in.peek())) {
      while (Characters.continuesName(in.peek())) {
        name.append((char) in.peek());
        in.skip();
      }
    }
    return name.toString();
  }

  private Part command() {
    int start = in.pos();
    in.skip(2);
    if (in.peek() == '<') {
      in.bashOnly("$(< )", start);
    }
    return new CommandSubstitution(nested(), in.span(start));
  }

  /// Reads `<( … )` or `>( … )`.
  Part process() {
    int start = in.pos();
    in.bashOnly("<( )", start);
    Direction direction = in.peek() == '<' ? Direction.READ : Direction.WRITE;
    in.skip(2);
    if (in.peek() == '(') {
      throw in.refuse("a process substitution that starts with ((");
    }
    return new ProcessSubstitution(direction, nested(), in.span(start));
  }

  private Script nested() {
    in.enter();
    int open = in.pending().size();
    Script script = grammar.scripts.substituted();
    if (in.peek() != ')') {
      throw in.refuse("a ( is not closed");
    }
    if (in.pending().size() != open) {
      throw in.refuse("a here-document is opened inside of ( ) and not read there");
    }
    in.skip();
    in.leave();
    return script;
  }

  private Part arithmetic() {
    int start = in.pos();
    in.skip(3);
    Word expression = grammar.arithmetic.parenthesised();
    return new Arithmetic(expression, in.span(start));
  }
}
