// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import java.util.List;
import java.util.Map;

/// Says what words become, as far as it can be known without running anything.
///
/// Immutable and safe to share.
public final class WordExpander {

  private final Map<String, String> variables;

  /// Returns an expander that knows the values of `variables` and of no others; a variable that is
  /// known to be unset does not exist here. `HOME` is what `~` stands for, `PWD` and `OLDPWD` are
  /// `~+` and `~-`. A value for `IFS` makes every word that is split unknown.
  public WordExpander(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /// Returns the arguments that `word` becomes, from left to right; none when it vanishes.
  public List<Field> fields(Word word) {
    return List.of(new Field.Unknown(word.span().written(), variables.size() + " variables"));
  }

  /// Returns what `word` becomes where the shell neither splits it nor matches it against files: in
  /// an assignment, a here-document, a here-string, after `case`. Never a [Field.Glob].
  public Field text(Word word) {
    return new Field.Unknown(word.span().written(), variables.size() + " variables");
  }
}
