// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.git;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/// A place that the settings of a repository name, and git obeys or runs.
///
/// @param path absolute and normal; need not exist, and links in it are not followed
public record NamedPlace(Path path, Sort sort) {

  public NamedPlace {
    requireNonNull(path, "path");
    requireNonNull(sort, "sort");
  }

  /// What it is to git.
  public enum Sort {
    /// A folder of programs that git runs by their names.
    HOOKS,
    /// A file that is read as settings.
    SETTINGS,
    /// A file that is run; it exists.
    PROGRAM
  }
}
