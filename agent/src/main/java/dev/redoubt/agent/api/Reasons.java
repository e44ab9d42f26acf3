// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import dev.redoubt.sandbox.Outcome;

/// Why something did not come of an action, in words for a model.
public final class Reasons {

  private Reasons() {}

  /// Returns why `outcome` is no success, with what helps where that is known; never empty for an
  /// outcome that gives a reason.
  public static String of(Outcome outcome) {
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
