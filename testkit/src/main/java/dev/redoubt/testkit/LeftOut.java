// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Remembers what was left out, one line each, in `target/left-out.txt` of the module under test;
/// the build script counts them in its last lines.
final class LeftOut {

  private static final Path FILE = Path.of("target/left-out.txt");

  private LeftOut() {}

  /// @param what `engine NAME` or `data`
  static void note(String what) {
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
