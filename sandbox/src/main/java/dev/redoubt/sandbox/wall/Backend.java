// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import dev.redoubt.guard.Situation;
import java.io.IOException;

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

  /// Returns a wall around `enclosure`. May start what stays for a session, a container for
  /// example.
  ///
  /// @throws WallException if it cannot start; there is never another wall in its place
  Wall open(Enclosure enclosure) throws IOException, InterruptedException;
}
