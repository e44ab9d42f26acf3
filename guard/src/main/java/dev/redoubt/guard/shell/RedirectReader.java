// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.Literal;
import dev.redoubt.guard.shell.Part.Quoting;
import dev.redoubt.guard.shell.Redirect.Operator;
import dev.redoubt.guard.shell.Redirect.Target;
import java.util.List;

/// Reads redirections.
final class RedirectReader {

  private static final int MAX_DESCRIPTOR_DIGITS = 4;

  private final Grammar grammar;
  private final Input in;

  RedirectReader(Grammar grammar) {
    this.grammar = grammar;
    this.in = grammar.in;
  }

  /// Decides whether a redirection comes next.
  boolean isNext() {
    int c = in.peek();
    if (c == '<' || c == '>') {
      return in.at(1) != '(';
    }
    if (c == '&') {
      return in.at(1) == '>';
    }
    if (c != '{' && !Characters.isDigit(c)) {
      return false;
    }
    int start = in.pos();
    boolean redirect = !descriptor().isEmpty() && isOperator();
    in.moveTo(start);
    return redirect;
  }

  private boolean isOperator() {
    return (in.peek() == '<' || in.peek() == '>') && in.at(1) != '(';
  }

  /// Reads digits or `{name}`; empty when neither comes next.
  private String descriptor() {
    if (in.peek() == '{') {
      in.skip();
      String name = grammar.dollars.name();
      if (name.isEmpty() || in.peek() != '}') {
        return "";
      }
      in.skip();
      return "{" + name + "}";
    }
    StringBuilder digits = new StringBuilder();
    while (Characters.isDigit(in.peek())) {
      digits.append((char) in.peek());
      in.skip();
    }
    return digits.toString();
  }

  Redirect read() {
    int start = in.pos();
    String descriptor = in.peek() == '&' ? "" : descriptor();
    if (descriptor.length() > 1) {
      if (Characters.isDigit(descriptor.charAt(0)) && descriptor.length() > MAX_DESCRIPTOR_DIGITS) {
        throw in.refuse("a descriptor with too many digits");
      }
      in.bashOnly("{fd}>", start);
    }
    if (in.isAt('<', '<') && in.at(2) != '<') {
      return document(start, descriptor);
    }
    Operator operator = operator(start);
    grammar.scripts.blanks();
    Target target = new Target.Of(target(operator));
    return new Redirect(descriptor, operator, target, in.span(start));
  }

  private Word target(Operator operator) {
    if (in.peek() == '!') {
      throw in.refuse("zsh reads >! as one sign");
    }
    int start = in.pos();
    boolean copies = operator == Operator.COPY_OUTPUT || operator == Operator.COPY_INPUT;
    if (isNext() && !(copies && Characters.isDigit(in.peek()))) {
      throw in.refuse("the file of a redirection is missing");
    }
    boolean closes = copies && in.peek() == '-';
    Word target = grammar.words.target();
    if (closes && in.pos() > start + 1) {
      throw in.refuse("a word that is not apart from the - before it");
    }
    if (operator == Operator.COPY_OUTPUT && !isDescriptor(target)) {
      in.bashOnly(">& and a file", start);
    }
    return target;
  }

  private Operator operator(int start) {
    int first = in.peek();
    int second = in.at(1);
    Operator operator;
    if (first == '&') {
      in.bashOnly("&>", start);
      operator = in.at(2) == '>' ? Operator.APPEND_BOTH : Operator.WRITE_BOTH;
      in.skip(operator == Operator.APPEND_BOTH ? 3 : 2);
    } else if (first == '<' && second == '<') {
      in.bashOnly("<<<", start);
      operator = Operator.HERE_STRING;
      in.skip(3);
    } else {
      operator = first == '<' ? reading(second) : writing(second);
      in.skip(operator == Operator.READ || operator == Operator.WRITE ? 1 : 2);
    }
    return operator;
  }

  private static Operator reading(int second) {
    return switch (second) {
      case '&' -> Operator.COPY_INPUT;
      case '>' -> Operator.READ_WRITE;
      default -> Operator.READ;
    };
  }

  private static Operator writing(int second) {
    return switch (second) {
      case '&' -> Operator.COPY_OUTPUT;
      case '>' -> Operator.APPEND;
      case '|' -> Operator.OVERWRITE;
      default -> Operator.WRITE;
    };
  }

  private static boolean isDescriptor(Word word) {
    String text = ScriptReader.plain(word);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Characters.isDigit(c) && !(c == '-' && i == text.length() - 1)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private Redirect document(int start, String descriptor) {
    in.skip(2);
    boolean stripped = in.peek() == '-';
    if (stripped) {
      in.skip();
    }
    grammar.scripts.blanks();
    int delimiterStart = in.pos();
    PartList parts = new PartList();
    grammar.words.read(parts);
    StringBuilder delimiter = new StringBuilder();
    boolean literal = false;
    for (Part part : parts.parts()) {
      literal |= add(delimiter, part, delimiterStart);
    }
    if (delimiter.isEmpty() || delimiter.indexOf("\n") >= 0) {
      throw in.refuse("the end of a here-document is not followed");
    }
    String body = in.open(new HereDocuments.Pending(delimiter.toString(), literal, stripped));
    Span span = in.span(start);
    Target target = new Target.Document(word(body, literal, span), delimiter.toString());
    return new Redirect(descriptor, Operator.HERE_DOCUMENT, target, span);
  }

  /// Adds what a part of a delimiter stands for and returns whether it was quoted.
  private boolean add(StringBuilder delimiter, Part part, int start) {
    if (part instanceof Literal(String text, Quoting quoting)) {
      delimiter.append(text);
      return quoting == Quoting.QUOTED;
    }
    if (part instanceof Part.DoubleQuoted(List<Part> inner)) {
      for (Part piece : inner) {
        add(delimiter, piece, start);
      }
      return true;
    }
    throw new Refusal("an expansion in the end of a here-document", in.offset(start));
  }

  private Word word(String body, boolean literal, Span span) {
    if (!literal && !in.isSurvey()) {
      return Grammar.document(body, in.offset(span.start()), in.progress());
    }
    Literal text = new Literal(body, Quoting.QUOTED);
    return new Word(List.of(text), new Span(body, 0, body.length()));
  }
}
