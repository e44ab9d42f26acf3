// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static java.util.Objects.requireNonNull;

/// A path on the machine as a command or a tool names it.
///
/// @param written as it was written, for people
/// @param path absolute, with `/`, `~` and the working folder already put in, `.` and `..` still
///   there; links not resolved
/// @param kind whether `path` is one path or stands for many
public record Place(String written, String path, Kind kind) {

  /// Whether a place is one path or many.
  public enum Kind {
    /// Exactly the path.
    EXACT,
    /// Every path the glob matches: `*`, `?`, `[…]` as the shell reads them.
    GLOB
  }

  public Place {
    requireNonNull(written, "written");
    requireNonNull(path, "path");
    requireNonNull(kind, "kind");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("\"%s\" is not an absolute path".formatted(path));
    }
  }

  /// Returns the place at exactly `path`, written the same.
  public static Place at(String path) {
    return new Place(path, path, Kind.EXACT);
  }
}
