// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The places that could not be taken away, so that one of them does not keep the others.
final class Failures {

  private static final Logger log = System.getLogger(Failures.class.getName());

  private final List<Path> paths = new ArrayList<>();

  void add(Path path, IOException why) {
    log.log(Level.DEBUG, () -> "a protected place could not be taken away: " + path, why);
    paths.add(path);
  }

  /// Returns them.
  List<Path> paths() {
    return List.copyOf(paths);
  }
}
