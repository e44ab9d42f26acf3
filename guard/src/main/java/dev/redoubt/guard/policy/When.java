// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Effect;

/// A condition beyond what matchers can say.
interface When {

  /// Returns whether it holds. What cannot be evaluated, or not within its limits, does not hold
  /// when that has to be sure, and holds when a possibility is enough.
  boolean holds(Effect effect, Scene scene, Certainty certainty);

  /// Returns the condition as written.
  String source();
}
