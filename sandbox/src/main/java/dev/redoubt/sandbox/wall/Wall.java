// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.staging.StagingArea;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// What surrounds commands: one open backend, for one workspace.
///
/// Opened by its [Backend], used for any number of commands at the same time, closed once. Safe to
/// share.
public interface Wall extends AutoCloseable {

  /// Returns the name of its backend, in the manner of `bubblewrap`.
  String name();

  /// Returns what the file tools keep to, so that they and the shell are inside the same wall.
  Boundary boundary();

  /// Returns what really surrounds commands, by name, for the evidence of a session. Empty when the
  /// name of the backend says it all.
  default Map<String, String> facts() {
    return Map.of();
  }

  /// Returns where writes are staged; empty when they go to the workspace.
  default Optional<StagingArea> staging() {
    return Optional.empty();
  }

  /// Returns how `run` is started inside. Lays out what this one command needs; the returned
  /// [Launch#tether] takes it away again.
  ///
  /// @throws WallException if it cannot be started, or the wall does not let it
  /// @throws IOException if something cannot be laid out
  Launch around(Action.Run run) throws IOException, InterruptedException;

  /// Returns how `run` is started inside when what is launched gets a terminal. A wall that carries
  /// streams itself has to give the command one of its own.
  default Launch aroundTerminal(Action.Run run) throws IOException, InterruptedException {
    return around(run);
  }

  /// Ends what still runs inside and takes away what was laid out. Called once.
  @Override
  void close() throws IOException;
}
