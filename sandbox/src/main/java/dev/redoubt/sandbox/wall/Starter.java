// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import dev.redoubt.sandbox.kernel.Spawning;
import java.io.IOException;
import java.nio.file.Path;

/// Starts a process that was described in full. Safe to share.
@FunctionalInterface
public interface Starter {

  /// Starts it as the JDK does.
  Starter PLAIN = Spawning::start;

  /// Returns the running process.
  ///
  /// @throws WallException if the wall around it could not be put up; then nothing runs
  /// @throws IOException if the program cannot be started
  Process start(ProcessBuilder described) throws IOException;

  /// Says whether a process gets its terminal here. Otherwise its command says how it takes it.
  default boolean givesTerminals() {
    return false;
  }

  /// Returns the running process, which leads a session with a terminal of its own.
  ///
  /// @param device the terminal, in the manner of `/dev/pts/3`
  /// @throws WallException if the wall around it could not be put up; then nothing runs
  /// @throws IOException if the program cannot be started
  default Process start(ProcessBuilder described, Path device) throws IOException {
    return start(described);
  }
}
