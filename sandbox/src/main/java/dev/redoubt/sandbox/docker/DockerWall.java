// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.sandbox.masks.Closed;
import dev.redoubt.sandbox.masks.MaskFinder;
import dev.redoubt.sandbox.masks.Placeholders;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.CommandLines;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.Staging;
import dev.redoubt.sandbox.wall.Starter;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// A container around the commands of one session.
final class DockerWall implements Wall {

  private final Enclosure enclosure;
  private final DockerClient docker;
  private final ContainerStart start;
  private final MaskFinder finder;
  private final Boundary inWorkspace;
  private final List<ContainerMount> mounts;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<SessionContainer> retired = new ArrayList<>();
  private final Placeholders placeholders;
  private boolean holding;
  private MaskMounts masks = new MaskMounts(List.of(), Set.of());
  private Optional<SessionContainer> container = Optional.empty();

  private DockerWall(
      Enclosure enclosure, DockerClient docker, ContainerStart start, MaskFinder finder)
      throws IOException {
    this.enclosure = requireNonNull(enclosure, "enclosure");
    this.docker = requireNonNull(docker, "docker");
    this.start = requireNonNull(start, "start");
    this.finder = requireNonNull(finder, "finder");
    this.inWorkspace = finder.boundary();
    this.mounts = start.visible();
    this.placeholders = Placeholders.of(enclosure.workspace(), enclosure.state());
  }

  /// Returns a wall whose container runs.
  ///
  /// @throws WallException if it cannot be started exactly as it has to be
  static DockerWall open(
      DockerSettings settings,
      Duration patience,
      Enclosure enclosure,
      Optional<StagingArea> staging)
      throws IOException, InterruptedException {
    Enclosure inside =
        new Enclosure(
            enclosure.workspace(),
            enclosure.kept(),
            ContainerEnvironment.meaningful(enclosure.environment()),
            enclosure.exits(),
            enclosure.limits());
    DockerClient docker =
        DockerClient.of(settings.engine(), enclosure.home(), enclosure.state(), patience);
    ContainerStart start = ContainerStart.prepare(docker, settings, enclosure, staging);
    DockerWall wall;
    try {
      Leftovers.remove(docker);
      wall = new DockerWall(inside, docker, start, MaskFinder.of(enclosure));
    } catch (IOException | InterruptedException | RuntimeException e) {
      start.forget();
      throw e;
    }
    if (staging.isPresent()) {
      wall.finder.sweep();
    } else {
      wall.first();
    }
    return wall;
  }

  /* What stands in for places that do not exist stays as long as the container, which cannot mount
   * over it anew. */
  private void first() throws IOException, InterruptedException {
    finder.sweep();
    Closed closed = finder.begin();
    try {
      placeholders.hold(closed.masks().git().absent());
      holding = true;
      masks = MaskMounts.of(closed.masks(), enclosure.workspace(), enclosure.state());
      container = Optional.of(start.run(masks));
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    } finally {
      closed.end();
      // Nobody listens yet.
      finder.tellAgain();
    }
  }

  @Override
  public Optional<StagingArea> staging() {
    return start.staging();
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public Map<String, String> facts() {
    lock.lock();
    try {
      Map<String, String> facts = new TreeMap<>(start.facts().byName());
      facts.put("container.options", start.options());
      container.ifPresent(now -> facts.put("container.id", now.id()));
      return facts;
    } finally {
      lock.unlock();
    }
  }

  /* What the container does not show, the file tools do not touch. */
  @Override
  public Boundary boundary() {
    return (access, real) -> {
      if (real.startsWith(enclosure.workspace())) {
        return inWorkspace.objection(access, real);
      }
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
    return around(run, SessionContainer.Streams.PLAIN);
  }

  @Override
  public Launch aroundTerminal(Action.Run run) throws IOException, InterruptedException {
    return around(run, SessionContainer.Streams.TERMINAL);
  }

  private Launch around(Action.Run run, SessionContainer.Streams streams)
      throws IOException, InterruptedException {
    List<String> argv = CommandLines.argv(run);
    ContainerEnvironment environment =
        ContainerEnvironment.of(CommandLines.environment(enclosure, run));
    String folder = folder(run.folder());
    Map<String, String> carried = docker.environment(environment.carried());
    String mark = UUID.randomUUID().toString();
    Closed closed = finder.begin();
    SessionContainer inside;
    try {
      inside =
          start.staging().isPresent()
              ? staged(start.staging().get(), closed)
              : container(MaskMounts.of(closed.masks(), enclosure.workspace(), enclosure.state()));
    } catch (IOException | InterruptedException | RuntimeException e) {
      closed.end();
      throw e;
    }
    // From here on nothing fails: the command is counted in, and only its tether counts it out.
    List<String> arguments =
        inside.arguments(folder, environment, new SessionContainer.Marked(mark, argv, streams));
    return new Launch(
        docker.argv(arguments),
        carried,
        docker.folder(),
        Starter.PLAIN,
        new ContainerTether(inside, mark, closed, start.staging()));
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
   * knows that everything outside the workspace starts anew. One that does not close what has to be
   * closed by now gets no further command. */
  private SessionContainer container(MaskMounts now) throws IOException, InterruptedException {
    lock.lock();
    try {
      if (container.isPresent() && !container.get().isAlive()) {
        // An engine that gave no answer may still have it.
        retired.add(container.get());
        container = Optional.empty();
        throw WallException.cannotStart(
            "the container of this session is gone",
            "run the command again: it gets a new container, with an empty /tmp");
      }
      if (container.isPresent() && container.get().lostItsWayOut()) {
        retire(container.get());
        container = Optional.empty();
        throw WallException.cannotStart(
            "the way from the container of this session to the egress proxy is gone",
            "run the command again: it gets a new container, with an empty /tmp");
      }
      if (container.isPresent() && !masks.cover(now)) {
        retire(container.get());
        container = Optional.empty();
      }
      if (container.isEmpty()) {
        container = Optional.of(start.run(now));
        masks = now;
      }
      container.get().enter();
      return container.get();
    } finally {
      lock.unlock();
    }
  }

  /* A container of its own for one command: as long as it is there, it has the overlay mounted. */
  private SessionContainer staged(StagingArea area, Closed closed)
      throws IOException, InterruptedException {
    if (!area.mounted()) {
      throw Staging.oneAtATime();
    }
    boolean started = false;
    lock.lock();
    try {
      SessionContainer own = start.run(MaskMounts.over(area, closed.masks(), enclosure.state()));
      own.enter();
      retire(own);
      started = true;
      return own;
    } finally {
      lock.unlock();
      if (!started) {
        area.unmounted();
      }
    }
  }

  private void retire(SessionContainer old) throws IOException, InterruptedException {
    retired.removeIf(SessionContainer::isGone);
    if (!old.endWhenEmpty()) {
      retired.add(old);
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    boolean interrupted = Thread.interrupted();
    List<SessionContainer> all = new ArrayList<>(retired);
    container.ifPresent(all::add);
    container = Optional.empty();
    IOException failure = null;
    try {
      for (SessionContainer one : all) {
        try {
          one.end();
        } catch (IOException e) {
          failure = e;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      start.forget();
      release();
      if (failure != null) {
        throw failure;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      lock.unlock();
    }
  }

  private void release() throws IOException {
    if (holding) {
      holding = false;
      placeholders.release();
    }
  }
}
