// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Effect;
import java.util.List;

/// What a checkout brings along, by kind and path; an empty list agrees to everything.
record LoadMatcher(List<ConfigKind> kinds, List<PathPattern> paths) implements Matcher {

  LoadMatcher {
    kinds = List.copyOf(kinds);
    paths = List.copyOf(paths);
  }

  @Override
  public boolean matches(Effect effect, Scene scene, Certainty certainty) {
    if (!(effect instanceof Effect.LoadConfig load)
        || !(kinds.isEmpty() || kinds.contains(load.kind()))) {
      return false;
    }
    for (PathPattern path : paths) {
      boolean matched =
          certainty == Certainty.SURE
              ? path.isSure(load.place(), scene)
              : path.isPossible(load.place(), false, scene);
      if (matched) {
        return true;
      }
    }
    return paths.isEmpty();
  }

  @Override
  public boolean covers(Matcher other) {
    return other instanceof LoadMatcher(List<ConfigKind> theirs, List<PathPattern> theirPaths)
        && Alternatives.cover(kinds, theirs, Object::equals)
        && Alternatives.cover(paths, theirPaths, PathPattern::covers);
  }
}
