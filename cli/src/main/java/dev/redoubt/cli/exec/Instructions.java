// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.trust.Switches;
import dev.redoubt.guard.trust.Switches.Shape;
import dev.redoubt.guard.trust.Switches.Switch;
import dev.redoubt.sandbox.snapshots.PathChange;
import java.util.ArrayList;
import java.util.List;

/// Tells a person which texts that agents obey were written.
///
/// No wall holds them back, as a command may well write documentation; an agent that reads them
/// later does what they say. So they are said aloud.
public final class Instructions {

  private static final int MOST_SHOWN = 10;

  private Instructions() {}

  /// Says on standard error which of `changes` are such texts, if any are; a deletion is not said.
  ///
  /// @param changes with paths relative to the workspace
  public static void tell(Call call, List<PathChange> changes) {
    List<Switch> places = places();
    List<String> written = new ArrayList<>();
    for (PathChange change : changes) {
      if (change.kind() != PathChange.Kind.DELETED && isOne(places, change.path())) {
        written.add(change.path());
      }
    }
    if (written.isEmpty()) {
      return;
    }
    List<String> shown = written.subList(0, Math.min(MOST_SHOWN, written.size()));
    CommandOutput.note(
        call,
        "redoubt: %s%s: written, and agents obey what it says: read it before one starts here;"
            + " redoubt undo takes it back",
        String.join(", ", shown),
        written.size() > shown.size()
            ? " and %d more".formatted(written.size() - shown.size())
            : "");
  }

  /// Returns where texts lie that agents obey.
  static List<Switch> places() {
    List<Switch> places = new ArrayList<>(Switches.all());
    places.removeIf(place -> place.kind() != ConfigKind.INSTRUCTIONS);
    return places;
  }

  /// Returns whether one of `places` lies at `path`, in whatever folder an agent is started.
  ///
  /// @param path relative to the workspace, with `/`
  static boolean isOne(List<Switch> places, String path) {
    String below = "/" + path;
    for (Switch place : places) {
      String name = "/" + place.path();
      if (below.endsWith(name) || (place.shape() == Shape.TREE && below.contains(name + "/"))) {
        return true;
      }
    }
    return false;
  }
}
