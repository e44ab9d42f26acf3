// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.FileFacts.Facts;
import dev.redoubt.guard.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a glob over the names in one folder of the workspace stands for now.
///
/// A glob could match a secret: `f*` a history that a shell of that name keeps. When the folder can
/// be looked at, the files it matches are judged instead; one that is made meanwhile would be read
/// unjudged, so reading still asks. When nobody looks, deleting asks, since it gives nothing away.
/// A glob whose dot is written out is after hidden names and stays as strict as it was, and so does
/// everything outside the workspace.
final class Expansion {

  private static final int MOST = 2_000;

  private final FileFacts facts;
  private final Boundary boundary;

  Expansion(FileFacts facts, Boundary boundary) {
    this.facts = facts;
    this.boundary = boundary;
  }

  /// Returns the decision on `effect`.
  ///
  /// @param written its glob
  /// @param possible the decision on what it could match
  /// @param each decides on one file
  Decision judge(
      Effect.File effect, Form written, Decision possible, Function<Effect.File, Decision> each) {
    if (!(possible instanceof Decision.Deny deny) || !isOrdinary(effect.access(), written, deny)) {
      return possible;
    }
    String folder = Names.join(written.names());
    Facts found = facts.of(folder);
    Optional<List<String>> names =
        found.real().equals(folder) ? facts.names(folder, MOST) : Optional.empty();
    if (names.isEmpty()) {
      return effect.access() == Access.DELETE ? asked(deny) : possible;
    }
    Decision decision =
        effect.access() == Access.DELETE
            ? new Decision.Allow("path.workspace", "ordinary files of the workspace")
            : asked(deny);
    NamePattern pattern = written.rest().getFirst();
    NamePattern folded = Glob.ofShell(Names.fold(effect.place().path())).names().getLast();
    for (String name : names.get()) {
      if (pattern.matches(name) || folded.matches(Names.fold(name))) {
        Place place = new Place(effect.place().written(), folder + "/" + name, Place.Kind.EXACT);
        decision = decision.or(each.apply(new Effect.File(effect.access(), place)));
      }
    }
    return decision;
  }

  private boolean isOrdinary(Access access, Form written, Decision.Deny deny) {
    if ((access != Access.DELETE && access != Access.READ) || written.rest().size() != 1) {
      return false;
    }
    NamePattern name = written.rest().getFirst();
    Zone zone = boundary.zone(written.location());
    return zone == Zone.WORKSPACE
        && name.isExplicit()
        && !name.isDeep()
        && !name.startsWithDot()
        && (deny.rule().startsWith("path.sensitive.") || deny.rule().startsWith("path.protected."));
  }

  private static Decision asked(Decision.Deny deny) {
    return new Decision.Ask(deny.rule(), deny.reason() + ", if there is one", List.of());
  }
}
