// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.landlock;

import dev.redoubt.guard.Situation;
import dev.redoubt.sandbox.kernel.Architecture;
import dev.redoubt.sandbox.kernel.Landlock;
import dev.redoubt.sandbox.kernel.LandlockAbi;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Claim;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.EscapeCheck;
import dev.redoubt.sandbox.wall.MountPlaces;
import dev.redoubt.sandbox.wall.Readiness;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The backend `landlock`: each command gives up, before it begins, what it may not reach.
///
/// Holds reading and writing outside the workspace, the network and other programs. It cannot close
/// a place inside a folder that is open, which is what [#gaps] begins with.
public final class LandlockBackend implements Backend {

  private static final List<String> ALWAYS =
      List.of(
          "protected places in the workspace, such as .git/hooks, can be written by commands",
          "secrets in the workspace, such as .env, can be read by commands",
          "mode, group and times of the user's own files anywhere can be changed",
          "the names, arguments and memory use of other programs can be read",
          "sizes, owners and existence of files anywhere can be asked for",
          "the disk can be filled: temporary files have no limit together",
          "memory is limited by process, not together");

  @Override
  public String name() {
    return "landlock";
  }

  /// Returns that it holds what leaves the workspace. What git and editors obey inside it can be
  /// written by a command, which [#gaps] says.
  @Override
  public Situation.Wall holds() {
    return Situation.Wall.HELD;
  }

  /// Returns what it does not hold on this machine, one sentence each.
  public List<String> gaps() {
    return gaps(Landlock.abi());
  }

  static List<String> gaps(LandlockAbi abi) {
    List<String> gaps = new ArrayList<>(ALWAYS);
    gaps.add("with the proxy: its port can be reached on any machine, because rules name ports");
    gaps.add("root has no limit of processes");
    gaps.addAll(abi.missing());
    return List.copyOf(gaps);
  }

  @Override
  public Readiness readiness() {
    return readiness(Landlock.abi());
  }

  static Readiness readiness(LandlockAbi abi) {
    if (Architecture.ofThisMachine().isEmpty()) {
      return new Readiness.NotReady(
          "landlock needs Linux on x86-64 or AArch64", "use another sandbox");
    }
    if (!abi.isThere()) {
      return new Readiness.NotReady(
          "the kernel has no Landlock, or it is switched off",
          "start the kernel with \"landlock\" first in its lsm= list, or use another sandbox");
    }
    if (!abi.holdsWrites()) {
      return new Readiness.NotReady(
          "the kernel's Landlock has version %d and does not hold all writes"
              .formatted(abi.version()),
          "install Linux 6.2 or later, or use another sandbox");
    }
    List<String> missing = abi.missing();
    return new Readiness.Ready(
        "Landlock %d with a filter of system calls%s"
            .formatted(abi.version(), missing.isEmpty() ? "" : "; " + String.join("; ", missing)));
  }

  @Override
  public WayOut wayOut() {
    return WayOut.LOOPBACK;
  }

  @Override
  public Claim claim(EscapeCheck check) {
    return claim(check, Landlock.abi());
  }

  static Claim claim(EscapeCheck check, LandlockAbi abi) {
    return switch (check) {
      case READ_SECRET -> new Claim.Gap("secrets in the workspace, such as .env, can be read");
      case WRITE_PROTECTED, WRITE_ABSENT_PROTECTED ->
          new Claim.Gap("protected places in the workspace can be written: rules only open");
      case FORK_BOMB ->
          isRoot()
              ? new Claim.Gap("root has no limit of processes")
              : new Claim.Bounded("options.sandbox.limits.processes");
      case SIGNAL_OUTSIDE ->
          abi.holdsSignals()
              ? new Claim.Blocked()
              : new Claim.Gap("other programs of the user can be signalled");
      case ORPHAN ->
          abi.holdsSignals()
              ? new Claim.Blocked()
              : new Claim.Gap("a command can kill its supervisor, and what it left goes on");
      case DISK_FILL -> new Claim.Gap("temporary files have no limit together");
      case OUTPUT_FLOOD -> new Claim.Bounded("what is kept of it; all of it is read");
      case WRITE_OUTSIDE,
          SYMLINK_SWAP,
          HARD_LINK,
          PROC,
          METADATA_ADDRESS,
          DIRECT_SOCKET,
          DNS,
          UNIX_SOCKET,
          DOCKER_SOCKET,
          PTRACE,
          NAMESPACE,
          TERMINAL_INJECTION ->
          new Claim.Blocked();
    };
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return true;
    }
  }

  @Override
  public MountPlaces mounts() {
    return new MountPlaces.InPlace();
  }

  @Override
  public Wall open(Enclosure enclosure) throws IOException {
    if (readiness() instanceof Readiness.NotReady(String reason, String fix)) {
      throw WallException.cannotStart(reason, fix);
    }
    return LandlockWall.around(enclosure);
  }
}
