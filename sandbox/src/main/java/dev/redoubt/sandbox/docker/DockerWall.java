// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.CommandLines;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.Starter;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// A container around the commands of one session.
final class DockerWall implements Wall {

  private final Enclosure enclosure;
  private final DockerClient docker;
  private final ContainerStart start;
  private final List<ContainerMount> mounts;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<SessionContainer> container;

  private DockerWall(
      Enclosure enclosure, DockerClient docker, ContainerStart start, SessionContainer first) {
    this.enclosure = requireNonNull(enclosure, "enclosure");
    this.docker = requireNonNull(docker, "docker");
    this.start = requireNonNull(start, "start");
    this.mounts = start.visible();
    this.container = Optional.of(first);
  }

  /// Returns a wall whose container runs.
  ///
  /// @throws WallException if it cannot be started exactly as it has to be
  static DockerWall open(DockerSettings settings, Enclosure enclosure)
      throws IOException, InterruptedException {
    Enclosure inside =
        new Enclosure(
            enclosure.workspace(),
            enclosure.home(),
            enclosure.state(),
            ContainerEnvironment.meaningful(enclosure.environment()),
            enclosure.exits(),
            enclosure.limits());
    DockerClient docker = DockerClient.of(settings.engine(), enclosure.home(), enclosure.state());
    ContainerStart start = ContainerStart.prepare(docker, settings, enclosure);
    Leftovers.remove(docker);
    return new DockerWall(inside, docker, start, start.run());
  }

  @Override
  public String name() {
    return "docker";
  }

  /// Returns what really runs.
  ContainerFacts facts() {
    return start.facts();
  }

  /* What the container does not show, the file tools do not touch. */
  @Override
  public Boundary boundary() {
    return (access, real) -> {
      for (ContainerMount mount : mounts) {
        if (real.startsWith(mount.source())) {
          boolean changes = access == Access.WRITE || access == Access.DELETE;
          return changes && mount.mode() == ContainerMount.Mode.READ_ONLY
              ? Optional.of("\"%s\" is read-only in the container".formatted(real))
              : Optional.empty();
        }
      }
      return Optional.of("\"%s\" is not in the container".formatted(real));
    };
  }

  @Override
  public Launch around(Action.Run run) throws IOException, InterruptedException {
    List<String> argv = CommandLines.argv(run);
    ContainerEnvironment environment =
        ContainerEnvironment.of(CommandLines.environment(enclosure, run));
    String folder = folder(run.folder());
    SessionContainer inside = container();
    String mark = UUID.randomUUID().toString();
    Map<String, String> carried = docker.environment(environment.carried());
    List<String> arguments =
        inside.arguments(folder, environment, new SessionContainer.Marked(mark, argv));
    inside.enter();
    return new Launch(
        docker.argv(arguments),
        carried,
        docker.folder(),
        Starter.PLAIN,
        new ContainerTether(inside, mark));
  }

  private String folder(Path wanted) throws IOException {
    Path real;
    try {
      real = wanted.toRealPath();
    } catch (IOException e) {
      throw WallException.refused("there is no folder \"%s\" to start in".formatted(wanted), "");
    }
    for (ContainerMount mount : mounts) {
      if (real.startsWith(mount.source())) {
        return mount.target() + real.toString().substring(mount.source().toString().length());
      }
    }
    throw WallException.refused(
        "\"%s\" is not in the container".formatted(wanted),
        "start it in the workspace, or mount that folder");
  }

  /* A container that is gone is said once, and the next command gets a new one: whoever asks again
   * knows that everything outside the workspace starts anew. */
  private SessionContainer container() throws IOException, InterruptedException {
    lock.lock();
    try {
      if (container.isEmpty()) {
        container = Optional.of(start.run());
      }
      SessionContainer found = container.get();
      if (found.isAlive()) {
        return found;
      }
      container = Optional.empty();
    } finally {
      lock.unlock();
    }
    throw WallException.cannotStart(
        "the container of this session is gone",
        "run the command again: it gets a new container, with an empty /tmp");
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    boolean interrupted = Thread.interrupted();
    try {
      if (container.isPresent()) {
        container.get().end();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      container = Optional.empty();
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
