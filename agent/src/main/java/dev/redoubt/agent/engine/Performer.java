// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.guard.Permit;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;

/// Performs what was permitted. A [dev.redoubt.sandbox.Sandbox] is one; whoever wants to do
/// something first, to record the workspace for example, puts itself in front. Safe to share.
@FunctionalInterface
public interface Performer {

  /// Returns what came of doing what `permit` permits; spends it.
  Outcome perform(Permit permit, Manner manner);
}
