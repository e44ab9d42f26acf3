// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import java.io.IOException;
import java.nio.file.Path;

/// Says where something is mounted on this machine.
public final class MountPoints {

  private static final Path TABLE = Path.of("/proc/self/mountinfo");

  private MountPoints() {}

  /// Returns whether something is mounted at `real` or below it now.
  ///
  /// @param real absolute, without links
  /// @throws IOException if that cannot be told
  public static boolean anyBelow(Path real) throws IOException {
    return Mounts.read(TABLE).anyBelow(real.toString());
  }

  /// Returns whether something is mounted below `real` now, whatever is mounted at it.
  ///
  /// @param real absolute, without links
  /// @throws IOException if that cannot be told
  public static boolean anyInside(Path real) throws IOException {
    return Mounts.read(TABLE).anyInside(real.toString());
  }
}
