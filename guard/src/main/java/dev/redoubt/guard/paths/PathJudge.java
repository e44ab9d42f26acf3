// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Situation;
import java.util.List;

/// Says what may be done with a path. Immutable, safe to share.
public final class PathJudge {

  private final FileFacts facts;

  public PathJudge(FileFacts facts) {
    this.facts = requireNonNull(facts, "facts");
  }

  /// Returns the built-in decision on `effect`.
  public Decision judge(Effect.File effect, Situation situation) {
    return new Decision.Deny("path.not-judged", effect.toString() + situation + facts, List.of());
  }
}
