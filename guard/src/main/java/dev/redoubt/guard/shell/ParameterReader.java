// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.Form;
import dev.redoubt.guard.shell.Part.Operation;
import dev.redoubt.guard.shell.Part.Parameter;
import dev.redoubt.guard.shell.Part.Quoting;
import dev.redoubt.guard.shell.QuoteReader.Around;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `${…}`.
final class ParameterReader {

  private final Grammar grammar;
  private final Input in;

  ParameterReader(Grammar grammar) {
    this.grammar = grammar;
    this.in = grammar.in;
  }

  /// Reads the `${` that comes next, up to its `}`.
  Parameter braced(Around around) {
    in.enter();
    int start = in.pos();
    in.skip(2);
    Form form = form();
    String name = name();
    Word subscript = in.peek() == '[' && Characters.isName(name) ? subscript(around) : null;
    if (subscript != null) {
      in.bashOnly("${a[…]}", start);
    }
    if (form == Form.INDIRECT) {
      form = indirection(subscript);
    }
    boolean whole = form == Form.LENGTH || form == Form.NAMES || form == Form.KEYS;
    Operation operation = whole ? Operation.NONE : operation(around);
    in.expect('}', "after a parameter");
    in.leave();
    return new Parameter(name, subscript, form, operation, in.span(start));
  }

  private Form form() {
    int next = in.at(1);
    if (in.peek() == '#' && next != '}') {
      in.skip();
      if (!Characters.continuesName(next) && next != '@' && next != '*') {
        throw in.refuse("this length is not followed");
      }
      return Form.LENGTH;
    }
    if (in.peek() == '!' && next != '}') {
      in.bashOnly("${!…}", in.pos());
      in.skip();
      if (!Characters.continuesName(next)) {
        throw in.refuse("this indirection is not followed");
      }
      return Form.INDIRECT;
    }
    return Form.VALUE;
  }

  private String name() {
    int c = in.peek();
    if (Characters.startsName(c)) {
      return grammar.dollars.name();
    }
    StringBuilder name = new StringBuilder();
    if (Characters.isDigit(c)) {
      while (Characters.isDigit(in.peek())) {
        name.append((char) in.peek());
        in.skip();
      }
      return name.toString();
    }
    return switch (c) {
      case '@', '*', '#', '?', '-', '$', '!' -> {
        in.skip();
        yield name.append((char) c).toString();
      }
      default -> throw in.refuse("no parameter is called like this");
    };
  }

  private Form indirection(@Nullable Word subscript) {
    if (subscript != null) {
      String written = subscript.span().written();
      return in.peek() == '}' && ("@".equals(written) || "*".equals(written))
          ? Form.KEYS
          : Form.INDIRECT;
    }
    if ((in.peek() == '*' || in.peek() == '@') && in.at(1) == '}') {
      in.skip();
      return Form.NAMES;
    }
    return Form.INDIRECT;
  }

  private Operation operation(Around around) {
    int c = in.peek();
    return switch (c) {
      case '}' -> Operation.NONE;
      case '-', '=', '?', '+' -> simple(1, around);
      case ':' -> {
        int next = in.at(1);
        yield next == '-' || next == '=' || next == '?' || next == '+'
            ? simple(2, around)
            : slice();
      }
      case '#', '%' -> simple(in.at(1) == c ? 2 : 1, around);
      case '^', ',' -> {
        in.bashOnly("${x^}", in.pos());
        yield simple(in.at(1) == c ? 2 : 1, around);
      }
      case '/' -> replacement(around);
      case '@' -> transformation();
      default -> throw in.refuse("an operator that parameters do not have");
    };
  }

  private String operator(int length) {
    StringBuilder operator = new StringBuilder(2);
    for (int i = 0; i < length; i++) {
      operator.append((char) in.peek());
      in.skip();
    }
    return operator.toString();
  }

  private Operation simple(int length, Around around) {
    return new Operation(operator(length), List.of(operand(around, '}')));
  }

  private Operation slice() {
    in.bashOnly("${x:…}", in.pos());
    String operator = operator(1);
    List<Word> operands = new ArrayList<>(2);
    operands.add(grammar.arithmetic.piece());
    if (in.peek() == ':') {
      in.skip();
      operands.add(grammar.arithmetic.piece());
    }
    return new Operation(operator, operands);
  }

  private Operation replacement(Around around) {
    in.bashOnly("${x/…}", in.pos());
    int next = in.at(1);
    String operator = operator(next == '/' || next == '#' || next == '%' ? 2 : 1);
    List<Word> operands = new ArrayList<>(2);
    operands.add(operand(around, '/'));
    if (in.peek() == '/') {
      in.skip();
      operands.add(operand(around, '}'));
    }
    return new Operation(operator, operands);
  }

  private Operation transformation() {
    in.bashOnly("${x@…}", in.pos());
    if ("UuLQEPAKak".indexOf((char) in.at(1)) < 0) {
      throw in.refuse("a transformation that Bash does not have");
    }
    return new Operation(operator(2), List.of());
  }

  /// Reads an operand up to `}` or `end`, which stays.
  private Word operand(Around around, char end) {
    int start = in.pos();
    PartList parts = new PartList();
    Quoting literal = around == Around.NOTHING ? Quoting.PLAIN : Quoting.QUOTED;
    for (int c = in.peek(); c != '}' && c != end; c = in.peek()) {
      switch (c) {
        case Input.END -> throw in.refuse("a ${ is not closed");
        case '\'' -> {
          refuseUnless(around == Around.NOTHING, "a ' in ${…} between double quotes");
          grammar.quotes.single(parts);
        }
        case '"' -> {
          refuseUnless(around != Around.DOCUMENT, "a \" in ${…} in a here-document");
          parts.add(grammar.quotes.doubleQuoted());
        }
        case '\\' -> backslash(parts, around);
        case '$' -> grammar.dollars.read(parts, around);
        case '`' -> parts.add(grammar.quotes.backticks(around));
        case '{' -> throw in.refuse("a { in ${…} that is not quoted");
        case '<', '>' -> {
          refuseUnless(in.at(1) != '(', "a process substitution in ${…}");
          add(parts, c, literal);
        }
        default -> add(parts, c, literal);
      }
    }
    return new Word(parts.parts(), in.span(start));
  }

  private void add(PartList parts, int c, Quoting quoting) {
    if (c == '\n') {
      in.newlineInside();
    }
    if (quoting == Quoting.PLAIN && Characters.looksBlank(c)) {
      throw in.refuse("a blank that is not one to the shell");
    }
    parts.add((char) c, quoting);
    in.skip();
  }

  private void backslash(PartList parts, Around around) {
    if (around == Around.NOTHING) {
      grammar.quotes.escaped(parts);
    } else if (in.at(1) == '}') {
      in.skip(2);
      parts.add('}', Quoting.QUOTED);
    } else {
      grammar.quotes.backslash(parts, around);
    }
  }

  private void refuseUnless(boolean understood, String reason) {
    if (!understood) {
      throw in.refuse("shells do not agree on " + reason);
    }
  }

  /// Reads `[…]`.
  Word subscript(Around around) {
    in.enter();
    in.skip();
    int start = in.pos();
    PartList parts = new PartList();
    int level = 0;
    for (int c = in.peek(); level > 0 || c != ']'; c = in.peek()) {
      level += c == '[' ? 1 : c == ']' ? -1 : 0;
      switch (c) {
        case '$' -> grammar.dollars.read(parts, around);
        case '`' -> parts.add(grammar.quotes.backticks(around));
        case '\'', '"' -> {
          refuseUnless(around == Around.NOTHING, "quotes in a subscript between double quotes");
          if (c == '"') {
            parts.add(grammar.quotes.doubleQuoted());
          } else {
            grammar.quotes.single(parts);
          }
        }
        case '\\', '{', '}', '\n', '<', '>', '(', ')', ';', '&', '|', Input.END ->
            throw in.refuse("a subscript that is not followed");
        default -> add(parts, c, Quoting.QUOTED);
      }
    }
    Word subscript = new Word(parts.parts(), in.span(start));
    in.skip();
    in.leave();
    return subscript;
  }
}
