// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Step;
import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.util.function.Function;

/// What a tool says when something did not come of it.
final class Failures {

  private Failures() {}

  /// Returns the step that performs `action` in the usual manner.
  static Step perform(Action action, Function<Outcome, Step> then) {
    return new Step.Perform(action, Manner.quiet(), then);
  }

  /// Returns the end of a call for which `outcome` is no use.
  static Step.Done of(Outcome outcome) {
    return Step.Done.failed(reason(outcome));
  }

  /// Returns why `outcome` is no success.
  static String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.RefusedByWall(String reason, String fix) -> joined(reason, fix);
      case Outcome.NotStarted(String reason, String fix) -> joined(reason, fix);
      case Outcome.Failed(String reason) -> reason;
      case Outcome.RefusedByGuard(String _, var decision) -> decision.reason();
      case Outcome.Ran _,
          Outcome.Runs _,
          Outcome.ReadFile _,
          Outcome.Changed _,
          Outcome.Listed _,
          Outcome.Found _,
          Outcome.Connected _,
          Outcome.Fetched _,
          Outcome.Called _ ->
          "something else came of it than was planned";
    };
  }

  private static String joined(String reason, String fix) {
    return fix.isEmpty() ? reason : reason + ": " + fix;
  }
}
