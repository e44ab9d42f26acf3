// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Reasons;
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
    return Reasons.of(outcome);
  }
}
