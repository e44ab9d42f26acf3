// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Situation;
import dev.redoubt.sandbox.kernel.Architecture;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Claim;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.EscapeCheck;
import dev.redoubt.sandbox.wall.MountPlaces;
import dev.redoubt.sandbox.wall.Readiness;
import dev.redoubt.sandbox.wall.Staging;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The backend `docker`: one container for a session, every command in it.
public final class DockerBackend implements Backend {

  private static final String WHERE = "options.sandbox.docker";

  private final DockerSettings settings;
  private final Duration patience;

  public DockerBackend(DockerSettings settings) {
    this(settings, DockerClient.PATIENCE);
  }

  /// @param patience how long an engine may take to answer one question; it then counts as gone
  public DockerBackend(DockerSettings settings, Duration patience) {
    this.settings = requireNonNull(settings, "settings");
    this.patience = requireNonNull(patience, "patience");
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public Situation.Wall holds() {
    return Situation.Wall.HELD;
  }

  @Override
  public Readiness readiness() {
    DockerSettings.Engine engine = settings.engine();
    if (engine.program().filter(Files::isExecutable).isEmpty()) {
      return new Readiness.NotReady(
          "there is no program \"docker\"",
          "install a docker client, or name it in " + WHERE + ".client");
    }
    Optional<Readiness> unreachable = unreachable(engine);
    if (unreachable.isPresent()) {
      return unreachable.get();
    }
    if (settings.image().isEmpty()) {
      return new Readiness.NotReady(
          "no image is chosen", "name one that has bash in " + WHERE + ".image");
    }
    return new Readiness.Ready(
        "engine at %s, image %s; not asked whether they answer"
            .formatted(engine.host(), settings.image().get()));
  }

  private static Optional<Readiness> unreachable(DockerSettings.Engine engine) {
    Optional<Path> socket = engine.socket();
    if (socket.isEmpty()) {
      return DockerClient.isAddress(engine.host())
          ? Optional.empty()
          : Optional.of(
              new Readiness.NotReady(
                  "\"%s\" is no address of an engine".formatted(engine.host()),
                  "write " + WHERE + ".host as unix:///PATH, ssh://USER@HOST or tcp://HOST:PORT"));
    }
    if (!Files.exists(socket.get())) {
      return Optional.of(
          new Readiness.NotReady(
              "there is no engine at %s".formatted(socket.get()),
              "start it (systemctl start docker), or set " + WHERE + ".host or DOCKER_HOST"));
    }
    if (!Files.isWritable(socket.get())) {
      return Optional.of(
          new Readiness.NotReady(
              "%s may not be used by this user".formatted(socket.get()),
              "become a member of its group, or use a rootless engine through DOCKER_HOST"));
    }
    return Optional.empty();
  }

  @Override
  public Backend.WayOut wayOut() {
    return Backend.WayOut.SOCKET;
  }

  @Override
  public Claim claim(EscapeCheck check) {
    return switch (check) {
      case FORK_BOMB -> new Claim.Bounded("options.sandbox.limits.processes");
      case DISK_FILL -> new Claim.Bounded("options.sandbox.limits.temporary");
      case UNIX_SOCKET ->
          filtered(
              "a socket that somebody opens in the workspace can be dialled; no other is there");
      case PTRACE ->
          filtered("processes of one container may trace each other; none outside is in reach");
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
          DOCKER_SOCKET,
          NAMESPACE,
          ORPHAN,
          TERMINAL_INJECTION ->
          new Claim.Blocked();
    };
  }

  private static Claim filtered(String otherwise) {
    return Architecture.ofThisMachine().isPresent()
        ? new Claim.Blocked()
        : new Claim.Gap("no filter of system calls is known for this processor: " + otherwise);
  }

  @Override
  public MountPlaces mounts() {
    return new MountPlaces.Anywhere();
  }

  @Override
  public Wall open(Enclosure enclosure) throws IOException, InterruptedException {
    return DockerWall.open(settings, patience, enclosure, Optional.empty());
  }

  @Override
  public Staging.Support staging(Path state) {
    Optional<String> objection = StagingArea.objection(state);
    return objection.isPresent()
        ? new Staging.Support.Missing(objection.get(), StagingArea.FIX)
        : new Staging.Support.AllWrites("an overlay as a volume of the container");
  }

  @Override
  public Wall open(Enclosure enclosure, Staging staging) throws IOException, InterruptedException {
    if (staging(enclosure.state()) instanceof Staging.Support.Missing(String reason, String fix)) {
      throw WallException.cannotStart(reason, fix);
    }
    return DockerWall.open(settings, patience, enclosure, Optional.of(staging.area()));
  }
}
