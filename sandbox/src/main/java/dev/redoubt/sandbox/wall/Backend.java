// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import dev.redoubt.guard.Situation;
import java.io.IOException;
import java.nio.file.Path;

/// A way to surround commands. Immutable, safe to share.
public interface Backend {

  /// Returns its name, as an operator writes it after `--sandbox`.
  String name();

  /// Returns what holds when a judgement is wrong.
  Situation.Wall holds();

  /// Returns whether it works on this machine. Looks only: nothing is started, dialled or written.
  Readiness readiness();

  /// Returns how a command inside reaches the egress proxy, if the backend can hold everything else
  /// back.
  WayOut wayOut();

  /// How the egress proxy is reached from inside.
  enum WayOut {
    /// Not at all: the backend does not hold the network.
    NONE,
    /// By a socket in the file system, which the backend makes a port inside.
    SOCKET,
    /// By a port of this machine's loopback, with a token.
    LOOPBACK
  }

  /// Returns what it says about `check`; `redoubt sandbox test` finds out whether it is true.
  Claim claim(EscapeCheck check);

  /// Returns where it can show the mounts of an enclosure. One that can show them nowhere gets
  /// none.
  default MountPlaces mounts() {
    return new MountPlaces.Nowhere("it shows the workspace and nothing else");
  }

  /// Returns a wall around `enclosure`. May start what stays for a session, a container for
  /// example.
  ///
  /// @throws WallException if it cannot start; there is never another wall in its place
  Wall open(Enclosure enclosure) throws IOException, InterruptedException;

  /// Returns what it can do about staged writes here. Looks only.
  ///
  /// @param state where Redoubt keeps its data
  default Staging.Support staging(Path state) {
    return new Staging.Support.FileTools();
  }

  /// Returns a wall around `enclosure` behind which writes are staged: those of commands too where
  /// [#staging] says so, otherwise commands that may write are refused.
  ///
  /// @throws WallException if it cannot start or cannot stage; writes never go elsewhere instead
  default Wall open(Enclosure enclosure, Staging staging) throws IOException, InterruptedException {
    return new FileToolsWall(open(enclosure), staging);
  }
}
