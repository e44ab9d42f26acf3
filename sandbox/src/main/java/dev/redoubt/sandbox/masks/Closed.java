// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.sandbox.wall.Undone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is closed while one command runs.
public final class Closed {

  private static final int DEEPEST = 32;

  private final Masks masks;
  private final Placeholders placeholders;
  private final Appearances before;
  private final Quarantine quarantine;
  private final Look again;
  private Undone earlier;
  private List<String> notes = List.of();
  private boolean ended;

  /// Looks at what is there and closed now.
  @FunctionalInterface
  interface Look {
    Masks find() throws IOException;
  }

  Closed(
      Masks masks,
      Placeholders placeholders,
      Appearances before,
      Quarantine quarantine,
      Look again) {
    this.masks = masks;
    this.again = again;
    this.placeholders = placeholders;
    this.before = before;
    this.quarantine = quarantine;
    this.earlier = new Undone(List.of(), List.of(), quarantine.folder());
  }

  /* What was left of commands that were killed is told with what this one leaves. */
  Closed after(Undone undone) {
    earlier = undone;
    return this;
  }

  /* What there is to say about the workspace is told with it too. */
  Closed telling(List<String> about) {
    notes = List.copyOf(about);
    return this;
  }

  /// Returns what has to be masked, places that do not really exist among it.
  public Masks masks() {
    return masks;
  }

  /// Returns what is there and closed once everything is open that can be. What is not then stays
  /// hidden from every command.
  ///
  /// @param known what was closed before
  static Masks settled(Look again, Set<Path> known) throws IOException {
    Masks after = again.find();
    for (int round = 0; round < DEEPEST && Reopened.anyOf(after, known); round++) {
      after = again.find();
    }
    return after;
  }

  /// Opens everything again, and takes away what was written where nothing held it. Called when
  /// nothing of the command runs any more; a second call does nothing.
  ///
  /// @return the protected places that the command had written
  public synchronized Undone end() throws IOException {
    if (ended) {
      return new Undone(List.of(), List.of(), quarantine.folder());
    }
    ended = true;
    Set<Path> known = new HashSet<>();
    masks.workspace().forEach(mask -> known.add(mask.path()));
    try {
      Undone undone =
          before.undo(quarantine, settled(again, known), placeholders.standing(), _ -> false);
      quarantine.over();
      return undone.after(earlier).noting(notes);
    } finally {
      // Only when it could not be finished.
      quarantine.leave();
      placeholders.release();
    }
  }
}
