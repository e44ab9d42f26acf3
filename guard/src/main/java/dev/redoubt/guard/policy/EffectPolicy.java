// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Situation;

/// Decides about one effect. Pure: the same effect in the same situation gets the same decision.
public interface EffectPolicy {

  /// Returns what may be done about `effect`. An exception counts as deny.
  Decision decide(Effect effect, Situation situation);
}
