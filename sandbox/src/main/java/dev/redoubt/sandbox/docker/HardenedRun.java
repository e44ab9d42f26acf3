// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.wall.ResourceLimits;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What becomes of a `docker run` that somebody else wrote, in the configuration of an MCP server
/// for example. Pure: nothing is started or looked at but what the rules for mounts look at.
public sealed interface HardenedRun {

  /// It may run, like this.
  ///
  /// @param argv the whole command line
  /// @param image what it runs
  /// @param mounts what it sees of this machine
  record Hardened(List<String> argv, String image, List<ContainerMount> mounts)
      implements HardenedRun {
    public Hardened {
      argv = List.copyOf(argv);
      requireNonNull(image, "image");
      mounts = List.copyOf(mounts);
    }
  }

  /// It may not run.
  ///
  /// @param reason in one sentence
  record Refused(String reason) implements HardenedRun {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /// What holds for a hardened run.
  ///
  /// @param limits what it may use
  /// @param user who it runs as when the line names nobody but root, as `UID:GID`
  /// @param network which network it gets; the line has no say in it
  /// @param objection why something of this machine may not be mounted, if so; see [MountRules]
  record Terms(
      ResourceLimits limits,
      String user,
      String network,
      Function<ContainerMount, Optional<String>> objection) {
    public Terms {
      requireNonNull(limits, "limits");
      requireNonNull(user, "user");
      requireNonNull(network, "network");
      requireNonNull(objection, "objection");
    }
  }

  /// Returns what becomes of the command line `argv`.
  static HardenedRun of(List<String> argv, Terms terms) {
    try {
      return new Hardening(RunLine.read(argv), terms).harden();
    } catch (RunLine.UnreadableException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }
}
