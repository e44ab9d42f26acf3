// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The places that could not be taken away, so that one of them does not keep the others.
final class Failures {

  private final List<Path> paths = new ArrayList<>();
  private @Nullable IOException first;

  void add(Path path, IOException why) {
    paths.add(path);
    if (first == null) {
      first = why;
    } else {
      first.addSuppressed(why);
    }
  }

  /// Leaves them to the next command.
  ///
  /// @throws IOException that names them all, if there are any
  void check(Quarantine quarantine) throws IOException {
    if (!paths.isEmpty()) {
      quarantine.owe(paths);
      throw new IOException(
          "protected places were written and could not be taken away: " + paths, first);
    }
  }
}
