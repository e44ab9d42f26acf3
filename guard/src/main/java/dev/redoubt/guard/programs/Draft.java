// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;

/// A [Reading] that is being collected. It only ever gets stricter. Not shared between threads.
final class Draft {

  private final List<Want> wants = new ArrayList<>();
  private Nature nature;
  private String reason;

  Draft(Nature nature, String reason) {
    this.nature = nature;
    this.reason = reason;
  }

  /// Starts with what `reading` says.
  Draft(Reading reading) {
    this(reading.nature(), reading.reason());
    wants.addAll(reading.wants());
  }

  /// Makes the nature `stricter` for `because`; does nothing when it is that strict already.
  Draft raise(Nature stricter, String because) {
    if (stricter.compareTo(nature) > 0) {
      nature = stricter;
      reason = because;
    }
    return this;
  }

  /// Adds one more want; the same one twice counts once.
  Draft want(Want want) {
    if (!wants.contains(want)) {
      wants.add(want);
    }
    return this;
  }

  /// Adds a file; one that is written or deleted makes the call at least `FILES_ONLY`.
  Draft file(Access access, Arg path, String because) {
    switch (access) {
      case READ, LIST, SEARCH -> {}
      case WRITE, DELETE -> raise(Nature.FILES_ONLY, because);
    }
    return want(new Want.File(access, path));
  }

  /// Adds what `reading` says, wants and nature.
  Draft also(Reading reading) {
    for (Want want : reading.wants()) {
      want(want);
    }
    return raise(reading.nature(), reading.reason());
  }

  /// Returns the reading, with all wants relative to `folders`, the first outermost.
  Reading in(List<Arg> folders) {
    List<Want> inside = wants;
    for (int i = folders.size() - 1; i >= 0; i--) {
      inside = List.of(new Want.In(folders.get(i), inside));
    }
    return new Reading(nature, reason, inside);
  }

  /// Returns the reading.
  Reading done() {
    return new Reading(nature, reason, wants);
  }
}
