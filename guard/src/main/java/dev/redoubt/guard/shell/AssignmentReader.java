// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Assignment.Element;
import dev.redoubt.guard.shell.Assignment.How;
import dev.redoubt.guard.shell.Assignment.Value;
import dev.redoubt.guard.shell.Part.Literal;
import dev.redoubt.guard.shell.Part.Quoting;
import dev.redoubt.guard.shell.QuoteReader.Around;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads assignments.
final class AssignmentReader {

  private final Grammar grammar;
  private final Input in;

  AssignmentReader(Grammar grammar) {
    this.grammar = grammar;
    this.in = grammar.in;
  }

  /// Decides whether an assignment comes next; `name[` counts as one.
  boolean isNext() {
    if (!Characters.startsName(in.peek())) {
      return false;
    }
    int start = in.pos();
    grammar.dollars.name();
    int c = in.peek();
    boolean assignment = c == '=' || c == '[' || (c == '+' && in.at(1) == '=');
    in.moveTo(start);
    return assignment;
  }

  Assignment read() {
    int start = in.pos();
    String name = grammar.dollars.name();
    Word subscript = in.peek() == '[' ? subscript() : null;
    How how = how();
    Value value =
        in.peek() == '(' ? new Value.Array(elements()) : new Value.Scalar(grammar.words.value());
    return new Assignment(name, subscript, how, value, in.span(start));
  }

  private Word subscript() {
    in.bashOnly("a[…]=", in.pos());
    return grammar.parameters.subscript(Around.NOTHING);
  }

  private How how() {
    How how = How.SET;
    if (in.peek() == '+') {
      in.bashOnly("+=", in.pos());
      in.skip();
      how = How.APPEND;
    }
    in.expect('=', "after something like an assignment");
    return how;
  }

  private List<Element> elements() {
    in.bashOnly("a=( )", in.pos());
    in.enter();
    in.skip();
    List<Element> elements = new ArrayList<>();
    blanks();
    while (in.peek() != ')') {
      if (in.peek() == '[') {
        elements.add(subscripted());
      } else {
        for (Word word : grammar.words.arguments()) {
          elements.add(new Element(null, word));
        }
      }
      blanks();
    }
    in.skip();
    in.leave();
    return elements;
  }

  private Element subscripted() {
    Word subscript = grammar.parameters.subscript(Around.NOTHING);
    if (how() == How.APPEND) {
      throw in.refuse("+= inside of an array");
    }
    return new Element(subscript, grammar.words.value());
  }

  private void blanks() {
    grammar.scripts.blanks();
    while (in.peek() == '\n') {
      in.newlineInside();
      in.skip();
      grammar.scripts.blanks();
    }
  }

  /// Decides whether the arguments of the command are read like assignments.
  boolean declares(List<Word> words) {
    if (words.isEmpty()) {
      return false;
    }
    return switch (ScriptReader.plain(words.getFirst())) {
      case "declare", "typeset", "local", "export", "readonly" -> true;
      default -> false;
    };
  }

  /// Reads an assignment that is an argument.
  Word argument() {
    Assignment assignment = read();
    PartList parts = new PartList();
    parts.add(assignment.name(), Quoting.PLAIN);
    @Nullable Word subscript = assignment.subscript();
    if (subscript != null) {
      parts.add('[', Quoting.QUOTED);
      addAll(parts, subscript.parts());
      parts.add(']', Quoting.QUOTED);
    }
    parts.add(assignment.how() == How.SET ? "=" : "+=", Quoting.PLAIN);
    switch (assignment.value()) {
      case Value.Scalar(Word word) -> {
        if (Braces.mayExpand(word.parts())) {
          throw in.refuse("braces in an assignment are not followed");
        }
        addAll(parts, word.parts());
      }
      case Value.Array(List<Element> elements) -> parts.add(new Part.Array(elements));
    }
    return new Word(parts.parts(), assignment.span());
  }

  private static void addAll(PartList parts, List<Part> added) {
    for (Part part : added) {
      if (part instanceof Literal(String text, Quoting quoting)) {
        parts.add(text, quoting);
      } else {
        parts.add(part);
      }
    }
  }
}
