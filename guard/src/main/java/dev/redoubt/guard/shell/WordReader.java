// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.Literal;
import dev.redoubt.guard.shell.Part.Quoting;
import dev.redoubt.guard.shell.QuoteReader.Around;
import java.util.ArrayList;
import java.util.List;

/// Reads words.
final class WordReader {

  private final Grammar grammar;
  private final Input in;

  WordReader(Grammar grammar) {
    this.grammar = grammar;
    this.in = grammar.in;
  }

  /// Reads an argument: one word, or several when it has braces.
  List<Word> arguments() {
    int start = in.pos();
    List<Part> parts = parts();
    return arguments(parts, in.span(start));
  }

  /// Returns what the parts of an argument become.
  List<Word> arguments(List<Part> parts, Span span) {
    refuseZsh(parts, span);
    if (!Braces.mayExpand(parts)) {
      return List.of(argument(parts, span));
    }
    if (Tildes.assigned(parts) >= 0) {
      throw in.refuse("braces in an assignment are not followed");
    }
    in.bashOnly("{a,b}", span.start());
    List<Word> words = new ArrayList<>();
    for (List<Part> expanded : Braces.expand(parts, in.progress(), in.offset(span.start()))) {
      if (!expanded.isEmpty()) {
        // Bash decides what an assignment is before it looks at braces.
        words.add(new Word(Tildes.argument(expanded), span));
      }
    }
    return words;
  }

  private Word argument(List<Part> parts, Span span) {
    int assigned = Tildes.assigned(parts);
    List<Part> marked = assigned < 0 ? Tildes.argument(parts) : Tildes.value(parts, assigned);
    if (assigned >= 0 && marked.size() != parts.size()) {
      in.bashOnly("a=~", span.start());
    }
    return new Word(marked, span);
  }

  /// Reads the name of a file after a redirection.
  Word target() {
    int start = in.pos();
    List<Part> parts = parts();
    Span span = in.span(start);
    refuseZsh(parts, span);
    if (Braces.mayExpand(parts)) {
      throw in.refuse("braces in a redirection are not followed");
    }
    return new Word(Tildes.argument(parts), span);
  }

  /// Reads a word in which braces are nothing special: a pattern, what follows `case`.
  Word pattern() {
    int start = in.pos();
    List<Part> parts = parts();
    return new Word(Tildes.argument(parts), in.span(start));
  }

  /// Reads the value of an assignment; may be empty.
  Word value() {
    int start = in.pos();
    PartList parts = new PartList();
    read(parts);
    return new Word(Tildes.value(parts.parts(), 0), in.span(start));
  }

  private List<Part> parts() {
    PartList parts = new PartList();
    read(parts);
    if (parts.isEmpty()) {
      throw in.refuse("a word is missing");
    }
    return parts.parts();
  }

  /// Reads everything up to the end of the word.
  void read(PartList parts) {
    for (int c = in.peek(); ; c = in.peek()) {
      switch (c) {
        case '\'' -> grammar.quotes.single(parts);
        case '"' -> parts.add(grammar.quotes.doubleQuoted());
        case '\\' -> grammar.quotes.escaped(parts);
        case '$' -> grammar.dollars.read(parts, Around.NOTHING);
        case '`' -> parts.add(grammar.quotes.backticks(Around.NOTHING));
        case '<', '>' -> {
          if (in.at(1) != '(') {
            return;
          }
          parts.add(grammar.dollars.process());
        }
        case '(' -> {
          if ("?*+@!".indexOf(parts.lastPlain()) >= 0) {
            throw in.refuse("extended globs depend on a setting");
          }
          return;
        }
        case Input.END, ' ', '\t', '\n', '|', '&', ';', ')' -> {
          return;
        }
        default -> plain(parts);
      }
    }
  }

  private void plain(PartList parts) {
    String text = in.text();
    int start = in.pos();
    int end = start;
    while (end < text.length() && isPlain(text.charAt(end))) {
      if (Characters.looksBlank(text.charAt(end))) {
        in.moveTo(end);
        throw in.refuse("a blank that is not one to the shell");
      }
      end++;
    }
    parts.add(text, start, end, Quoting.PLAIN);
    in.moveTo(end);
  }

  private static boolean isPlain(char c) {
    return switch (c) {
      case '\'', '"', '\\', '$', '`' -> false;
      default -> !Characters.endsWord(c);
    };
  }

  /// Refuses what zsh replaces by the path of a program.
  private void refuseZsh(List<Part> parts, Span span) {
    if (parts.getFirst() instanceof Literal(String text, Quoting quoting)
        && quoting == Quoting.PLAIN
        && text.length() > 1
        && text.charAt(0) == '='
        && text.charAt(1) != '='
        && text.charAt(1) != '~') {
      throw new Refusal("zsh reads =name as a path", in.offset(span.start()));
    }
  }
}
