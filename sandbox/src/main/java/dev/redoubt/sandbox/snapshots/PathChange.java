// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

/// A path that was changed.
///
/// @param path relative to the workspace, decoded as UTF-8; bytes that are none show as U+FFFD
/// @param kind what happened to it
public record PathChange(String path, Kind kind) {

  /// What happened to a path.
  public enum Kind {
    CREATED,
    CHANGED,
    DELETED,
    /// It was not recorded, so only the fact is known.
    LEFT_OUT
  }

  public PathChange {
    requireNonNull(path, "path");
    requireNonNull(kind, "kind");
  }

  static PathChange of(String path, Differences.Change change) {
    Kind kind;
    if (change.before() instanceof Entry.LeftOut || change.after() instanceof Entry.LeftOut) {
      kind = Kind.LEFT_OUT;
    } else if (change.before() == null) {
      kind = Kind.CREATED;
    } else {
      kind = change.after() == null ? Kind.DELETED : Kind.CHANGED;
    }
    return new PathChange(Names.shown(path), kind);
  }
}
