// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Starts the container of a session, as often as one is needed.
///
/// What was started is asked for before it is used: an engine that leaves out a limit or an option
/// does not get a command.
final class ContainerStart {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DockerClient docker;
  private final EngineFacts engine;
  private final ContainerPlan plan;
  private final ContainerMount proof;
  private final String proven;

  private ContainerStart(
      DockerClient docker,
      EngineFacts engine,
      ContainerPlan plan,
      ContainerMount proof,
      String proven) {
    this.docker = requireNonNull(docker, "docker");
    this.engine = requireNonNull(engine, "engine");
    this.plan = requireNonNull(plan, "plan");
    this.proof = requireNonNull(proof, "proof");
    this.proven = requireNonNull(proven, "proven");
  }

  /// Returns what starts containers around `enclosure`. Asks the engine, starts nothing.
  ///
  /// @throws WallException if there can be no such container
  static ContainerStart prepare(DockerClient docker, DockerSettings settings, Enclosure enclosure)
      throws IOException, InterruptedException {
    if (!(enclosure.exits() instanceof Enclosure.Exits.None)) {
      throw WallException.cannotStart(
          "a container has no way to the egress proxy yet", "run it without network");
    }
    String name =
        settings
            .image()
            .orElseThrow(() ->
                WallException.cannotStart(
                    "no image is chosen",
                    "name one that has bash in options.sandbox.docker.image"));
    ExtraArgs extra = ExtraArgs.of(settings.extraArgs(), enclosure.limits());
    EngineFacts engine = EngineFacts.ask(docker);
    ImageFacts image = ImageFacts.ask(docker, name);
    ContainerUser user = ContainerUser.of(settings.user(), enclosure.workspace(), engine.users());
    String proven = UUID.randomUUID().toString();
    Path file = enclosure.state().resolve("docker").resolve("proof");
    Files.writeString(file, proven + "\n");
    LinkedHashSet<String> empties = new LinkedHashSet<>(List.of("/tmp"));
    empties.addAll(image.volumes());
    return new ContainerStart(
        docker,
        engine,
        new ContainerPlan(
            image,
            user,
            enclosure.workspace().toString(),
            extra.on(engine.cpus()),
            mounts(settings, enclosure),
            List.copyOf(empties)),
        new ContainerMount(file, ContainerPlan.PROOF, ContainerMount.Mode.READ_ONLY),
        proven);
  }

  private static List<ContainerMount> mounts(DockerSettings settings, Enclosure enclosure)
      throws IOException {
    MountRules rules = new MountRules(enclosure.home(), enclosure.state(), new HostFileFacts());
    Path workspace = enclosure.workspace();
    refuse(rules.objectionToWorkspace(workspace), "work in the folder of one project");
    List<ContainerMount> mounts = new ArrayList<>();
    mounts.add(new ContainerMount(workspace, workspace.toString(), ContainerMount.Mode.WRITABLE));
    for (ContainerMount mount : settings.mounts()) {
      refuse(rules.objection(mount), "name another folder in options.sandbox.docker.mounts");
      Path real = mount.source().toRealPath();
      if (real.startsWith(workspace) || Path.of(mount.target()).startsWith(workspace)) {
        throw WallException.refused(
            "\"%s\" lies in the workspace, which is mounted already".formatted(mount.source()), "");
      }
      mounts.add(new ContainerMount(real, mount.target(), mount.mode()));
    }
    return mounts;
  }

  private static void refuse(Optional<String> objection, String fix) throws WallException {
    if (objection.isPresent()) {
      throw WallException.refused(objection.get(), fix);
    }
  }

  /// Returns what commands see of this machine.
  List<ContainerMount> visible() {
    return plan.mounts();
  }

  /// Returns what runs, once it does.
  ContainerFacts facts() {
    return new ContainerFacts(
        new ContainerFacts.Image(plan.image().name(), plan.image().id(), plan.image().digests()),
        engine.server(),
        plan.user().option(),
        "none",
        plan.extra().limits(),
        visible());
  }

  /// Returns a container that runs, and is what was planned.
  ///
  /// @param masks what is closed in the workspace
  /// @throws WallException if there is none; then nothing is left
  SessionContainer run(MaskMounts masks) throws IOException, InterruptedException {
    List<ContainerMount> all = new ArrayList<>(plan.mounts());
    all.addAll(masks.mounts());
    all.add(proof);
    return run(
        new ContainerPlan(
            plan.image(), plan.user(), plan.folder(), plan.extra(), all, plan.empties()));
  }

  private SessionContainer run(ContainerPlan plan) throws IOException, InterruptedException {
    String name = "redoubt-" + UUID.randomUUID();
    RunningCommand keeper =
        docker.start(
            plan.arguments(name, ContainerMount.Recursion.of(engine.client())),
            new Streams.Piped(Streams.Caps.DEFAULT),
            Optional.empty());
    try {
      String said = firstLine(keeper);
      requireSameFiles(said, keeper);
      StartedContainer started = StartedContainer.ask(docker, name);
      started.requirePlanned(plan);
      requireSamePlaces();
      return new SessionContainer(
          docker,
          new SessionContainer.Running(
              started.id(),
              plan.user(),
              keeper,
              ContainerMembers.of(started.id(), started.firstProcess())));
    } catch (IOException | InterruptedException | RuntimeException e) {
      keeper.close();
      docker.ask("rm", "--force", "--volumes", name);
      throw e;
    }
  }

  /* The engine follows links when it mounts. What leads elsewhere now may have led there then. */
  private void requireSamePlaces() throws IOException {
    for (ContainerMount mount : plan.mounts()) {
      if (!mount.source().toRealPath().equals(mount.source())) {
        throw WallException.refused(
            "\"%s\" leads elsewhere since it was judged".formatted(mount.source()), "");
      }
    }
  }

  private void requireSameFiles(String said, RunningCommand keeper) throws WallException {
    if (said.isEmpty()) {
      keeper.cut("it did not start");
      throw WallException.cannotStart(
          "the container does not start: " + DockerClient.complaint(keeper.await()),
          "the image needs bash and a system for this machine's processor; try docker run by hand");
    }
    if (!said.startsWith(proven + " ")) {
      throw WallException.cannotStart(
          "the engine does not see the files of this machine",
          "use an engine that runs here: a workspace is mounted, never copied");
    }
    if (!said.equals(proven + " writable")) {
      throw WallException.cannotStart(
          "user %s of the container may not write \"%s\""
              .formatted(plan.user().option(), plan.folder()),
          "give the workspace to an ordinary user, or name its owner in"
              + " options.sandbox.docker.user");
    }
  }

  /* What the container says later is thrown away: a full pipe would hold the engine up. */
  private static String firstLine(RunningCommand keeper) throws InterruptedException {
    BlockingQueue<String> first = new LinkedBlockingQueue<>(1);
    Thread.ofVirtual()
        .name("container-keeper")
        .start(() -> {
          try (InputStream from = keeper.fromOutput()) {
            first.add(line(from));
            from.transferTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            first.offer("");
          }
        });
    String said = first.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return said == null ? "" : said;
  }

  private static String line(InputStream from) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = from.read(); c >= 0 && c != '\n' && line.length() < 200; c = from.read()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
