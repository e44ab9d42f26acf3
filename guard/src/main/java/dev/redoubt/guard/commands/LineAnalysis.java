// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Situation;
import java.util.List;

/// Finds every effect a program or a shell line could have.
///
/// A line that cannot be read is one opaque effect. Pure, immutable, safe to share.
public final class LineAnalysis {

  private LineAnalysis() {}

  /// Returns what `run` would do in `situation`.
  public static Analysis of(Action.Run run, Situation situation) {
    return new Analysis(
        List.of(new Effect.Opaque("shell.not-understood", run.toString(), situation.workspace())),
        List.of());
  }
}
