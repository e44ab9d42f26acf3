// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import java.nio.file.Path;

/// One place that exists and is closed.
///
/// @param path a real path
/// @param closing how; never open
/// @param kind what lies there
public record Mask(Path path, Closing closing, Kind kind) {

  /// What lies at a place.
  public enum Kind {
    FILE,
    FOLDER,
    /// Can be replaced behind every mount: only looking at it afterwards tells.
    LINK
  }

  public Mask {
    requireNonNull(path, "path");
    requireNonNull(kind, "kind");
    if (closing == Closing.OPEN) {
      throw new IllegalArgumentException("\"%s\" is open, which is no mask".formatted(path));
    }
  }
}
