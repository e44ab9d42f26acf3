// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.Literal;
import dev.redoubt.guard.shell.Part.Quoting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says what words become, as far as it can be known without running anything.
///
/// Settings of the shell are taken to be the usual ones: after `set` or `shopt` its answers hold no
/// more. Immutable and safe to share.
public final class WordExpander {

  private final Map<String, Field> variables;

  /// Returns an expander that knows the values of `variables` and of no others; a variable that is
  /// known to be unset does not exist here. `HOME` is what `~` stands for, `PWD` and `OLDPWD` are
  /// `~+` and `~-`. A value for `IFS` makes every word that is split unknown.
  public WordExpander(Map<String, String> variables) {
    this(variables, Map.of());
  }

  private WordExpander(Map<String, String> texts, Map<String, Field> fields) {
    Map<String, Field> known = new HashMap<>(fields);
    texts.forEach((name, value) -> known.put(name, new Field.Known(value)));
    this.variables = known;
  }

  /// Returns an expander that also knows of variables that hold one text out of many: the
  /// [Field.Glob] of a variable is a pattern which its value matches, whatever it is. Between
  /// double quotes such a variable becomes a glob, elsewhere it is unknown, because its value may
  /// have blanks.
  public static WordExpander knowing(Map<String, Field> variables) {
    return new WordExpander(Map.of(), variables);
  }

  /// Returns the arguments that `word` becomes, from left to right; none when it vanishes.
  public List<Field> fields(Word word) {
    String literal = literal(word);
    if (literal != null) {
      return List.of(new Field.Known(literal));
    }
    return new Expansion(variables, Expansion.Splitting.FIELDS, word).fields();
  }

  /* Returns the one text most words are, which needs no expansion; null for all others. */
  private static @Nullable String literal(Word word) {
    List<Part> parts = word.parts();
    if (parts.size() != 1 || !(parts.getFirst() instanceof Literal(String text, Quoting quoting))) {
      return null;
    }
    return quoting == Quoting.QUOTED || !hasWildcard(text) ? text : null;
  }

  private static boolean hasWildcard(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '*', '?', '[', ']', '\\' -> {
          return true;
        }
        default -> {
          // Ordinary between and outside of quotes.
        }
      }
    }
    return false;
  }

  /// Returns what `word` becomes where the shell neither splits it nor matches it against files: in
  /// an assignment, a here-document, a here-string, after `case`. A [Field.Glob] is a pattern which
  /// the text matches, and stands only where a variable has one.
  public Field text(Word word) {
    return new Expansion(variables, Expansion.Splitting.NONE, word).text();
  }
}
