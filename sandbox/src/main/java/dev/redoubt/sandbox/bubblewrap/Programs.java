// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Programs of the machine, from the folders of the system only: what an operator's PATH or a
/// workspace brings along puts up no wall.
final class Programs {

  private static final List<String> FOLDERS =
      List.of("/usr/bin", "/bin", "/usr/sbin", "/usr/local/bin", "/run/current-system/sw/bin");

  private Programs() {}

  static Optional<Path> named(String name) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
