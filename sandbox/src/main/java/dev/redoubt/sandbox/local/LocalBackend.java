// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.local;

import dev.redoubt.guard.Situation;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Claim;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.EscapeCheck;
import dev.redoubt.sandbox.wall.MountPlaces;
import dev.redoubt.sandbox.wall.Readiness;
import dev.redoubt.sandbox.wall.Wall;

/// The backend `local`: a process of this machine, with limits and a chosen environment, and no
/// isolation.
public final class LocalBackend implements Backend {

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Situation.Wall holds() {
    return Situation.Wall.NONE;
  }

  @Override
  public Readiness readiness() {
    return new Readiness.Ready("no isolation: commands run with every right of the operator");
  }

  @Override
  public WayOut wayOut() {
    return WayOut.NONE;
  }

  @Override
  public Claim claim(EscapeCheck check) {
    return switch (check) {
      case SYMLINK_SWAP, ORPHAN -> new Claim.Blocked();
      case OUTPUT_FLOOD -> new Claim.Bounded("what is kept of it; all of it is read");
      case READ_SECRET,
          WRITE_OUTSIDE,
          WRITE_PROTECTED,
          WRITE_ABSENT_PROTECTED,
          HARD_LINK,
          PROC,
          SIGNAL_OUTSIDE,
          METADATA_ADDRESS,
          DIRECT_SOCKET,
          DNS,
          UNIX_SOCKET,
          DOCKER_SOCKET,
          PTRACE,
          NAMESPACE,
          FORK_BOMB,
          DISK_FILL,
          TERMINAL_INJECTION ->
          new Claim.NotClaimed("commands run with every right of the operator");
    };
  }

  @Override
  public MountPlaces mounts() {
    return new MountPlaces.Nowhere(
        "it surrounds nothing, and a command sees every file of this user already");
  }

  @Override
  public Wall open(Enclosure enclosure) {
    return new LocalWall(enclosure);
  }
}
