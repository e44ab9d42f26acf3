// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a command had written in protected places, and what became of it.
///
/// @param taken the places that were taken away
/// @param left those that could not be: no further command runs in the workspace before they can
/// @param kept the folder where what was taken is kept, if it lay on the same file system
/// @param notes what else there is to say, whole clauses
public record Undone(List<Path> taken, List<Path> left, Path kept, List<String> notes) {

  private static final int MOST_SHOWN = 20;
  private static final int LONGEST_SHOWN = 300;

  public Undone {
    taken = List.copyOf(taken);
    left = List.copyOf(left);
    requireNonNull(kept, "kept");
    notes = List.copyOf(notes);
  }

  /// One with nothing else to say.
  public Undone(List<Path> taken, List<Path> left, Path kept) {
    this(taken, left, kept, List.of());
  }

  /// Returns this one, which also tells what had been left of commands that were killed.
  public Undone after(Undone killed) {
    if (killed.isNothing()) {
      return this;
    }
    List<String> all = new ArrayList<>(notes);
    all.add("of a command that was killed: " + killed.said());
    return new Undone(taken, left, kept, all);
  }

  /// Returns this one, which also tells `more`.
  public Undone noting(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Undone(taken, left, kept, all);
  }

  /// Returns whether there is something to say and nothing that the command itself left.
  public boolean isTold() {
    return taken.isEmpty() && left.isEmpty() && !notes.isEmpty();
  }

  /// Returns whether there was nothing.
  public boolean isNothing() {
    return taken.isEmpty() && left.isEmpty() && notes.isEmpty();
  }

  /// Returns it in one sentence for a person, after what happened otherwise.
  public String said() {
    List<String> parts = new ArrayList<>();
    if (!taken.isEmpty()) {
      parts.add(
          "it wrote %s, which is protected: taken away, and kept in \"%s\" where that was possible"
              .formatted(shown(taken), kept));
    }
    if (!left.isEmpty()) {
      parts.add(
          "it wrote %s, which is protected and could not be taken away".formatted(shown(left)));
    }
    parts.addAll(notes.subList(0, Math.min(MOST_SHOWN, notes.size())));
    return String.join("; ", parts);
  }

  /* A command chooses how long and how many they are. */
  private static String shown(List<Path> places) {
    List<String> shown = new ArrayList<>();
    for (Path place : places.subList(0, Math.min(MOST_SHOWN, places.size()))) {
      String text = place.toString();
      shown.add(
          text.length() <= LONGEST_SHOWN
              ? text
              : text.substring(0, LONGEST_SHOWN / 2)
                  + "..."
                  + text.substring(text.length() - LONGEST_SHOWN / 2));
    }
    if (places.size() > MOST_SHOWN) {
      shown.add("%d more".formatted(places.size() - MOST_SHOWN));
    }
    return shown.toString();
  }
}
