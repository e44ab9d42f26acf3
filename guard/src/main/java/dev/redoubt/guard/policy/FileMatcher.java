// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Effect;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Files and folders.
///
/// Where a possibility is enough, `read` also means to look through a folder and `write` also means
/// to delete, and a folder is meant when something below it is and everything below it is touched.
///
/// @param actions at least one of the actions on files
/// @param paths at least one
record FileMatcher(Set<ActionKind> actions, List<PathPattern> paths) implements Matcher {

  FileMatcher {
    actions = Set.copyOf(actions);
    paths = List.copyOf(paths);
  }

  @Override
  public boolean matches(Effect effect, Scene scene, Certainty certainty) {
    if (!(effect instanceof Effect.File(Effect.Access access, var place))
        || !isMeant(access, certainty)) {
      return false;
    }
    boolean everything = access == Effect.Access.SEARCH || access == Effect.Access.DELETE;
    for (PathPattern path : paths) {
      boolean matched =
          certainty == Certainty.SURE
              ? path.isSure(place, scene)
              : path.isPossible(place, everything, scene);
      if (matched) {
        return true;
      }
    }
    return false;
  }

  private boolean isMeant(Effect.Access access, Certainty certainty) {
    Set<ActionKind> meant = EnumSet.of(ActionKind.of(access));
    if (certainty == Certainty.POSSIBLE && access == Effect.Access.SEARCH) {
      meant.add(ActionKind.READ);
    }
    if (certainty == Certainty.POSSIBLE && access == Effect.Access.DELETE) {
      meant.add(ActionKind.WRITE);
    }
    for (ActionKind kind : meant) {
      if (actions.contains(kind)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean covers(Matcher other) {
    return other instanceof FileMatcher(Set<ActionKind> theirs, List<PathPattern> theirPaths)
        && actions.containsAll(theirs)
        && Alternatives.cover(paths, theirPaths, PathPattern::covers);
  }
}
