// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static java.util.Objects.requireNonNull;

/// One option of a [Table].
///
/// @param name with its dashes
record Option(String name, Arity arity, Meaning meaning) {

  /// Whether an option takes a value.
  enum Arity {
    /// Never.
    NONE,
    /// `-n5`, `-n 5`, `--lines=5` or `--lines 5`.
    REQUIRED,
    /// `-i.bak` or `--in-place=.bak`; never the next word.
    OPTIONAL,
    /// `-c`, `-c file`, `--config=file`: the next word is the value unless it starts with a dash.
    FOLLOWING
  }

  Option {
    requireNonNull(name, "name");
    requireNonNull(arity, "arity");
    requireNonNull(meaning, "meaning");
  }

  /// Returns whether two options are interchangeable, in the manner of `--color` and `--colour`.
  boolean actsLike(Option other) {
    return arity == other.arity && meaning == other.meaning;
  }
}
