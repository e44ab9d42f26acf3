// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.sessions.Transcript.Spent;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How much may be used. What is reached ends the work before the model is asked again.
///
/// @param turns how often the model may answer
/// @param tokens sent and made, counted together
/// @param cost in money
public record Budget(OptionalInt turns, OptionalLong tokens, Optional<Cost> cost) {

  /// No limit at all.
  public static final Budget UNLIMITED =
      new Budget(OptionalInt.empty(), OptionalLong.empty(), Optional.empty());

  public Budget {
    requireNonNull(turns, "turns");
    requireNonNull(tokens, "tokens");
    requireNonNull(cost, "cost");
  }

  /// Returns the same limits on tokens and money.
  Budget withoutTurns() {
    return new Budget(OptionalInt.empty(), tokens, cost);
  }

  /// Returns which limit `spent` has reached, in words for a person; empty when none.
  ///
  /// @param what the limit is for, in the manner of `this run`
  Optional<String> reached(Spent spent, String what) {
    if (turns.isPresent() && spent.turns() >= turns.getAsInt()) {
      return Optional.of("%s may take %d turns".formatted(what, turns.getAsInt()));
    }
    long used = spent.usage().input() + spent.usage().output();
    if (tokens.isPresent() && used >= tokens.getAsLong()) {
      return Optional.of(
          "%s may use %d tokens and has used %d".formatted(what, tokens.getAsLong(), used));
    }
    if (cost.isPresent() && spent.cost().compareTo(cost.get()) >= 0) {
      return Optional.of(
          "%s may cost %s and has cost %s".formatted(what, cost.get(), spent.cost()));
    }
    return Optional.empty();
  }
}
