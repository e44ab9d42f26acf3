// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.snapshots.Differences.Change;
import java.util.Optional;

/// A path that is staged.
///
/// @param path relative to the workspace, decoded as UTF-8; bytes that are none show as U+FFFD
/// @param kind what would happen to it
/// @param what what would lie there, in the manner of `file, mode 644`; of a deletion what lay
///   there
/// @param obstacle why it would not be applied now, if so
public record StagedChange(String path, Kind kind, String what, Optional<Untouched> obstacle) {

  /// What would happen to a path.
  public enum Kind {
    CREATED,
    CHANGED,
    /// Only its permissions.
    MODE,
    DELETED,
    /// It is staged and can never be applied: it belongs to git, is a pipe, or is too large.
    LEFT_OUT
  }

  public StagedChange {
    requireNonNull(path, "path");
    requireNonNull(kind, "kind");
    requireNonNull(what, "what");
    requireNonNull(obstacle, "obstacle");
  }

  /// @param change what is wished as before, what it was staged over as after
  static StagedChange of(String path, Change change, Optional<Untouched> obstacle) {
    Kind kind;
    if (change.before() instanceof Entry.LeftOut || change.after() instanceof Entry.LeftOut) {
      kind = Kind.LEFT_OUT;
    } else if (change.after() == null) {
      kind = Kind.CREATED;
    } else if (change.before() == null) {
      kind = Kind.DELETED;
    } else {
      kind = onlyMode(change) ? Kind.MODE : Kind.CHANGED;
    }
    Entry shown = change.before() == null ? change.after() : change.before();
    return new StagedChange(Names.shown(path), kind, FileDiff.mode(shown), obstacle);
  }

  private static boolean onlyMode(Change change) {
    return (change.before() instanceof Entry.File wish
            && change.after() instanceof Entry.File origin
            && wish.content().equals(origin.content()))
        || (change.before() instanceof Entry.Folder && change.after() instanceof Entry.Folder);
  }
}
