// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.util.Optional;

/// Looks at what a model calls finished: whether its answer has the form that was asked for,
/// whether the tests pass.
public interface FinalCheck {

  /// Returns what is wrong with the work, in words for the model; empty when nothing is.
  ///
  /// @param text the last words of the model
  /// @param effects how the check acts on the world
  Optional<String> objection(String text, Effects effects) throws InterruptedException;

  /// How often the model may try again after an objection.
  int repairs();

  /// Acts on the world, through the gate like everything else. A question of the guard counts as
  /// answered, because the operator named the check.
  @FunctionalInterface
  interface Effects {
    /// Returns what came of `action`.
    Outcome perform(Action action, Manner manner) throws InterruptedException;
  }
}
