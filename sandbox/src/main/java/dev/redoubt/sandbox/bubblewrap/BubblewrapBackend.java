// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.guard.Situation;
import dev.redoubt.sandbox.kernel.Architecture;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Claim;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.EscapeCheck;
import dev.redoubt.sandbox.wall.MountPlaces;
import dev.redoubt.sandbox.wall.Readiness;
import dev.redoubt.sandbox.wall.Staging;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The backend `bubblewrap`: the program `bwrap` of the system puts each command into namespaces of
/// its own.
public final class BubblewrapBackend implements Backend {

  private final Path settings;

  public BubblewrapBackend() {
    this(Path.of("/proc/sys"));
  }

  /// @param settings where the kernel shows its settings
  BubblewrapBackend(Path settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "bubblewrap";
  }

  @Override
  public Situation.Wall holds() {
    return Situation.Wall.HELD;
  }

  @Override
  public Readiness readiness() {
    Optional<Readiness.NotReady> obstacle = obstacle();
    return obstacle.isPresent()
        ? obstacle.get()
        : new Readiness.Ready(detail(Programs.named("bwrap").orElseThrow()));
  }

  /* What stands in the way; asked before each wall, so nothing is asked of the kernel itself. */
  private Optional<Readiness.NotReady> obstacle() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return notReady("bubblewrap needs Linux", "use another sandbox");
    }
    Optional<Path> bwrap = Programs.named("bwrap");
    if (bwrap.isEmpty()) {
      return notReady("the program bwrap is not installed", "apt-get install bubblewrap");
    }
    if (isSetting("user/max_user_namespaces", "0")) {
      return notReady(
          "the kernel allows no user namespaces", "sysctl -w user.max_user_namespaces=15000");
    }
    if (isSetting("kernel/unprivileged_userns_clone", "0")) {
      return notReady(
          "the kernel allows user namespaces to root only",
          "sysctl -w kernel.unprivileged_userns_clone=1");
    }
    if (isSetting("kernel/apparmor_restrict_unprivileged_userns", "1")
        && !Files.exists(Path.of("/etc/apparmor.d/bwrap-userns-restrict"))
        && !Files.exists(Path.of("/etc/apparmor.d/bwrap"))) {
      return notReady(
          "AppArmor allows user namespaces only to programs with a profile, and bwrap has none",
          "apt-get install apparmor-profiles, or sysctl -w"
              + " kernel.apparmor_restrict_unprivileged_userns=0");
    }
    return Optional.empty();
  }

  private static Optional<Readiness.NotReady> notReady(String reason, String fix) {
    return Optional.of(new Readiness.NotReady(reason, fix));
  }

  private static String detail(Path bwrap) {
    if (Architecture.ofThisMachine().isEmpty()) {
      return "%s, without a filter of system calls and without limits".formatted(bwrap);
    }
    return "%s, with a filter of system calls, and Landlock inside where the kernel has version 3"
        .formatted(bwrap);
  }

  private boolean isSetting(String name, String value) {
    Path file = settings.resolve(name);
    if (!Files.isReadable(file)) {
      return false;
    }
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
      return value.equals(reader.readLine());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public WayOut wayOut() {
    return WayOut.SOCKET;
  }

  @Override
  public Claim claim(EscapeCheck check) {
    return switch (check) {
      case FORK_BOMB -> new Claim.Bounded("options.sandbox.limits.processes");
      case DISK_FILL -> new Claim.Bounded("options.sandbox.limits.temporary");
      case OUTPUT_FLOOD -> new Claim.Bounded("what is kept of it; all of it is read");
      case READ_SECRET,
          WRITE_OUTSIDE,
          WRITE_PROTECTED,
          WRITE_ABSENT_PROTECTED,
          SYMLINK_SWAP,
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
          ORPHAN,
          TERMINAL_INJECTION ->
          new Claim.Blocked();
    };
  }

  @Override
  public Staging.Support staging(Path state) {
    return Overlay.support(state, System.getProperty("os.version", ""));
  }

  @Override
  public MountPlaces mounts() {
    return new MountPlaces.Beside();
  }

  @Override
  public Wall open(Enclosure enclosure) throws IOException {
    return open(enclosure, Optional.empty());
  }

  @Override
  public Wall open(Enclosure enclosure, Staging staging) throws IOException {
    if (staging(enclosure.state()) instanceof Staging.Support.Missing(String reason, String fix)) {
      throw WallException.cannotStart(reason, fix);
    }
    return open(enclosure, Optional.of(new Overlay(staging.area())));
  }

  private Wall open(Enclosure enclosure, Optional<Overlay> overlay) throws IOException {
    Optional<Readiness.NotReady> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw WallException.cannotStart(obstacle.get().reason(), obstacle.get().fix());
    }
    Path bwrap =
        Programs.named("bwrap")
            .orElseThrow(() -> WallException.cannotStart("bwrap went away", "install it again"));
    return BubblewrapWall.around(enclosure, bwrap, overlay);
  }
}
