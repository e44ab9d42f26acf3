// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Situation;
import dev.redoubt.sandbox.files.HostFileFacts;
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
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The backend `ssh`: commands run on another machine, as another user there. They are kept away
/// from this machine, and from nothing on the other one: its files, its network and whatever else
/// that user may do. Network rules do not hold there.
public final class SshBackend implements Backend {

  private static final List<Path> FOLDERS =
      List.of(
          Path.of("/usr/bin"),
          Path.of("/bin"),
          Path.of("/usr/local/bin"),
          Path.of("/opt/homebrew/bin"),
          Path.of("/run/current-system/sw/bin"));

  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Optional<SshSettings> settings;
  private final SyncNotice.Listener listener;
  private final Waiting waiting;

  /// How long either side waits for a link that was cut.
  ///
  /// @param near how long a command is given before it counts as cut
  /// @param far how long the other machine waits before it ends everything
  record Waiting(Duration near, Duration far) {

    static final Waiting USUAL = new Waiting(Duration.ofSeconds(90), Duration.ofMinutes(2));
  }

  /// @param settings empty when the operator named no machine
  /// @param listener is told what is not kept the same on both machines
  public SshBackend(Optional<SshSettings> settings, SyncNotice.Listener listener) {
    this(settings, listener, Waiting.USUAL);
  }

  SshBackend(Optional<SshSettings> settings, SyncNotice.Listener listener, Waiting waiting) {
    this.settings = requireNonNull(settings, "settings");
    this.listener = requireNonNull(listener, "listener");
    this.waiting = requireNonNull(waiting, "waiting");
  }

  @Override
  public String name() {
    return "ssh";
  }

  @Override
  public Situation.Wall holds() {
    return Situation.Wall.NONE;
  }

  @Override
  public Readiness readiness() {
    if (settings.isEmpty()) {
      return new Readiness.NotReady(
          "no machine is configured", "set options.sandbox.ssh.host, user, identity and host-key");
    }
    if (program("ssh").isEmpty()) {
      return new Readiness.NotReady(
          "there is no OpenSSH client", "install it: apt-get install openssh-client");
    }
    Path identity = settings.get().identity();
    if (!Files.isRegularFile(identity) || !Files.isReadable(identity)) {
      return new Readiness.NotReady(
          "the key \"%s\" cannot be read".formatted(identity),
          "set options.sandbox.ssh.identity to a private key");
    }
    if (!isPrivate(identity)) {
      return new Readiness.NotReady(
          "the key \"%s\" can be read by others".formatted(identity),
          "chmod 600 %s".formatted(identity));
    }
    return new Readiness.Ready(
        "no isolation but the other machine: commands run with every right of %s, and network rules"
                .formatted(settings.get().destination())
            + " do not hold there");
  }

  private static boolean isPrivate(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().noneMatch(OF_OTHERS::contains);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static Optional<Path> program(String name) {
    return FOLDERS.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public WayOut wayOut() {
    return WayOut.NONE;
  }

  @Override
  public Claim claim(EscapeCheck check) {
    return switch (check) {
      case SYMLINK_SWAP, ORPHAN -> new Claim.Blocked();
      case OUTPUT_FLOOD ->
          new Claim.Bounded("what is kept of it here; over there the limit for one file");
      case WRITE_PROTECTED, WRITE_ABSENT_PROTECTED ->
          new Claim.NotClaimed("it can be written over there, but is not taken from there");
      case READ_SECRET,
          WRITE_OUTSIDE,
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
          new Claim.NotClaimed("commands run with every right of that user on the other machine");
    };
  }

  @Override
  public MountPlaces mounts() {
    return new MountPlaces.Nowhere(
        "commands run on another machine, which sees the workspace alone");
  }

  @Override
  @SuppressWarnings("StreamResourceLeak") // the wall closes what it was given
  public Wall open(Enclosure enclosure) throws IOException, InterruptedException {
    if (readiness() instanceof Readiness.NotReady(String reason, String fix)) {
      throw WallException.cannotStart(reason, fix);
    }
    SshSettings chosen = settings.orElseThrow();
    NearFolder near = NearFolder.create(enclosure.state());
    boolean open = false;
    try {
      SshLink link = link(chosen, near, waiting.far());
      link.connect();
      Passage passage = new Passage(enclosure, new HostFileFacts());
      SyncStore store = SyncStore.of(enclosure, chosen);
      SyncLimits limits = SyncLimits.DEFAULT;
      Synchroniser synchroniser =
          new Synchroniser(
              store,
              new NearTree(enclosure.workspace(), passage, limits, store.hashes("here")),
              new FarTree(link, passage, limits, store.hashes("there")),
              passage,
              listener);
      Wall wall =
          new SshWall(
              link,
              near,
              synchroniser,
              new FarScript(enclosure, chosen.remoteFolder()),
              waiting.near());
      open = true;
      return wall;
    } finally {
      if (!open) {
        near.close();
      }
    }
  }

  private static SshLink link(SshSettings chosen, NearFolder near, Duration grace)
      throws IOException, InterruptedException {
    Path ssh = program("ssh").orElseThrow();
    HostKey.Line key =
        switch (chosen.hostKey()) {
          case HostKey.Line line -> line;
          case HostKey.Fingerprint fingerprint ->
              new KeyScan(program("ssh-keyscan"), chosen).keyOf(fingerprint);
        };
    return new SshLink(new SshOptions(ssh, chosen, key, near.pin(key)), chosen, near, grace);
  }
}
