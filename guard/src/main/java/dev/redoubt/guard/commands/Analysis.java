// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Effect;
import java.util.List;

/// What a line would do.
///
/// @param effects every effect, at least one; in the order in which they stand in the line
/// @param steps the same for people: the commands that were found and what they lead to
public record Analysis(List<Effect> effects, List<Step> steps) {

  public Analysis {
    effects = List.copyOf(effects);
    steps = List.copyOf(steps);
  }

  /// One line of the explanation.
  ///
  /// @param depth how deep it is nested, from 0
  /// @param shown what it is about, as written
  /// @param reading what was made of it
  public record Step(int depth, String shown, String reading) {
    public Step {
      requireNonNull(shown, "shown");
      requireNonNull(reading, "reading");
    }
  }
}
