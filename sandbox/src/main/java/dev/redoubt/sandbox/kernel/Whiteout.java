// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/// What says in the upper layer of an overlay that the lower one shows nothing here: a device with
/// the number 0:0, which an ordinary user may make since Linux 5.8.
public final class Whiteout {

  private static final long FROM_THE_CURRENT_FOLDER = -100;
  private static final long CHARACTER_DEVICE = 0020000;

  private Whiteout() {}

  /// Makes one.
  ///
  /// @param path where nothing lies yet; absolute, and of names in UTF-8
  /// @throws KernelException if the kernel or the file system does not do that
  public static void make(Path path) throws IOException {
    Kernel kernel = Kernel.here();
    try (Arena arena = Arena.ofConfined()) {
      long address = arena.allocateFrom(path.toAbsolutePath().toString()).address();
      kernel.must(
          "hiding what lies below \"%s\"".formatted(path),
          SystemCall.MKNODAT,
          FROM_THE_CURRENT_FOLDER,
          address,
          CHARACTER_DEVICE,
          0);
    }
  }
}
