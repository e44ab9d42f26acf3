// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/// A place that git would obey if something lay there, and what may stand in for it.
///
/// @param path absolute and normal; its folder exists
public record Absent(Path path, Kind kind) {

  static final String HOOKS = "hooks";
  static final String SETTINGS = "config";
  static final String COMMON = "commondir";

  public Absent {
    requireNonNull(path, "path");
    requireNonNull(kind, "kind");
  }

  /// What stands in.
  public enum Kind {
    FOLDER,
    FILE,
    /// A file that names its own folder: git dies over an empty one.
    ITSELF
  }

  /// Returns what can be absent in a folder of git and has to be there for a wall to close it.
  static List<Absent> in(Path git) {
    return List.of(
        new Absent(git.resolve(HOOKS), Kind.FOLDER),
        new Absent(git.resolve(SETTINGS), Kind.FILE),
        new Absent(git.resolve(COMMON), Kind.ITSELF));
  }
}
