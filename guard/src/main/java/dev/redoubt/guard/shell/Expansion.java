// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.Form;
import dev.redoubt.guard.shell.Part.Literal;
import dev.redoubt.guard.shell.Part.Operation;
import dev.redoubt.guard.shell.Part.Parameter;
import dev.redoubt.guard.shell.Part.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The expansion of one word.
final class Expansion {

  /// Whether the word is split and matched against files.
  enum Splitting {
    FIELDS,
    NONE
  }

  private final Map<String, Field> variables;
  private final Splitting splitting;
  private final Word word;
  private final List<Field> fields = new ArrayList<>(1);
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder pattern = new StringBuilder();

  /// Whether the field that is being built is there even when it is empty.
  private boolean present;

  private boolean wildcard;
  private boolean bracket;

  /// Whether a part is one of many texts: the pattern says which.
  private boolean vague;

  private @Nullable String unknown;

  Expansion(Map<String, Field> variables, Splitting splitting, Word word) {
    this.variables = variables;
    this.splitting = splitting;
    this.word = word;
  }

  List<Field> fields() {
    word.parts().forEach(part -> add(part, Quoting.PLAIN));
    end();
    return unknown == null ? fields : List.of(new Field.Unknown(word.span().written(), unknown));
  }

  Field text() {
    word.parts().forEach(part -> add(part, Quoting.PLAIN));
    if (unknown != null) {
      return new Field.Unknown(word.span().written(), unknown);
    }
    return vague ? new Field.Glob(pattern.toString()) : new Field.Known(text.toString());
  }

  private void add(Part part, Quoting around) {
    switch (part) {
      case Literal(String literal, Quoting quoting) ->
          add(literal, around == Quoting.QUOTED ? Quoting.QUOTED : quoting);
      case Part.DoubleQuoted(List<Part> parts) -> {
        present = true;
        parts.forEach(inner -> add(inner, Quoting.QUOTED));
      }
      case Parameter parameter -> add(parameter, around);
      case Part.Tilde(String user) -> add(user);
      case Part.CommandSubstitution _ -> unknown = "the output of a command";
      case Part.ProcessSubstitution _ -> unknown = "the name of a pipe";
      case Part.Arithmetic _ -> unknown = "the result of arithmetic";
      case Part.Array _ -> unknown = "an array";
    }
  }

  /// Adds text that is not split.
  private void add(String piece, Quoting quoting) {
    present = true;
    text.append(piece);
    for (int i = 0; i < piece.length(); i++) {
      character(piece.charAt(i), quoting);
    }
  }

  private void character(char c, Quoting quoting) {
    switch (c) {
      case '*', '?', '[', ']', '\\' -> {
        if (quoting == Quoting.QUOTED) {
          pattern.append('\\');
        } else {
          bracket |= c == '[';
          wildcard |= c == '*' || c == '?' || (c == ']' && bracket);
        }
      }
      default -> {
        // Ordinary between and outside of quotes.
      }
    }
    pattern.append(c);
  }

  private void add(String user) {
    String name =
        switch (user) {
          case "" -> "HOME";
          case "+" -> "PWD";
          case "-" -> "OLDPWD";
          default -> "";
        };
    if (variables.get(name) instanceof Field.Known(String folder)) {
      add(folder, Quoting.QUOTED);
    } else {
      unknown = "a home that is not known";
    }
  }

  private void add(Parameter parameter, Quoting around) {
    boolean value =
        parameter.form() == Form.VALUE
            && parameter.subscript() == null
            && parameter.operation().equals(Operation.NONE);
    Field known = value ? variables.get(parameter.name()) : null;
    switch (known) {
      case Field.Known(String text) when around == Quoting.QUOTED || splitting == Splitting.NONE ->
          add(text, Quoting.QUOTED);
      case Field.Known(String text) -> split(text);
      case Field.Glob(String glob) when around == Quoting.QUOTED || splitting == Splitting.NONE -> {
        present = true;
        vague = true;
        pattern.append(glob);
      }
      case Field.Glob _ -> unknown = "a value that may be split";
      case Field.Unknown(_, String reason) -> unknown = reason;
      case null -> unknown = "the value of " + parameter.name() + " is not known";
    }
  }

  private void split(String value) {
    if (variables.containsKey("IFS") || value.indexOf('\\') >= 0) {
      unknown = "a value that is split in an unusual way";
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Characters.isBlank(c) || c == '\n') {
        end();
      } else {
        present = true;
        text.append(c);
        character(c, Quoting.PLAIN);
      }
    }
  }

  private void end() {
    if (present) {
      boolean glob = wildcard || vague;
      fields.add(glob ? new Field.Glob(pattern.toString()) : new Field.Known(text.toString()));
    }
    text.setLength(0);
    pattern.setLength(0);
    present = false;
    wildcard = false;
    bracket = false;
    vague = false;
  }
}
