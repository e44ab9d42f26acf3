// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.git.GitFolder;
import dev.redoubt.sandbox.kernel.SetGroup;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Starts the container of a session, as often as one is needed.
///
/// What was started is asked for before it is used: an engine that leaves out a limit or an option
/// does not get a command.
final class ContainerStart {

  private final DockerClient docker;
  private final EngineFacts engine;
  private final ContainerPlan plan;
  private final Laid laid;
  private final Optional<WayOut> out;

  private ContainerStart(
      DockerClient docker,
      EngineFacts engine,
      ContainerPlan plan,
      Laid laid,
      Optional<WayOut> out) {
    this.docker = requireNonNull(docker, "docker");
    this.engine = requireNonNull(engine, "engine");
    this.plan = requireNonNull(plan, "plan");
    this.laid = requireNonNull(laid, "laid");
    this.out = requireNonNull(out, "out");
  }

  /* What lies ready for every container: the file that proves that it sees this machine's files,
   * with its text, and the filter. */
  private record Laid(
      ContainerMount proof,
      String text,
      Optional<EngineFilter> filter,
      Optional<ContainerMount> trust,
      Optional<StagingArea> staging) {
    static Laid out(Enclosure enclosure, Optional<StagingArea> staging) throws IOException {
      Path state = enclosure.state();
      String text = UUID.randomUUID().toString();
      Path file = state.resolve("docker").resolve("proof");
      Files.writeString(file, text + "\n");
      return new Laid(
          new ContainerMount(file, ContainerPlan.PROOF, ContainerMount.Mode.READ_ONLY),
          text,
          EngineFilter.write(state, SetGroup.in(GitFolder.around(enclosure.workspace()))),
          trust(enclosure.exits()),
          staging);
    }

    private static Optional<ContainerMount> trust(Exits exits) {
      return switch (exits) {
        case Exits.None() -> Optional.empty();
        case Exits.Proxy proxy ->
            proxy
                .trust()
                .map(folder ->
                    new ContainerMount(folder, Exits.Proxy.TRUST, ContainerMount.Mode.READ_ONLY));
      };
    }
  }

  /// Returns what starts containers around `enclosure`. Asks the engine, starts nothing.
  ///
  /// @throws WallException if there can be no such container
  static ContainerStart prepare(
      DockerClient docker,
      DockerSettings settings,
      Enclosure enclosure,
      Optional<StagingArea> staging)
      throws IOException, InterruptedException {
    if (staging.isPresent() && !isPlain(staging.get().folder())) {
      throw WallException.cannotStart(
          "the engine cannot mount the staged writes in \"%s\": the path has one of , : \\ or \""
              .formatted(staging.get().folder()),
          "keep Redoubt's data elsewhere: --data-dir DIR");
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
    LinkedHashSet<String> empties = new LinkedHashSet<>(List.of("/tmp"));
    empties.addAll(image.volumes());
    ContainerPlan plan =
        new ContainerPlan(
            image,
            user,
            enclosure.workspace().toString(),
            extra.on(engine.cpus()),
            mounts(settings, enclosure),
            List.copyOf(empties));
    Optional<WayOut> out =
        switch (enclosure.exits()) {
          case Exits.None() -> Optional.empty();
          case Exits.Proxy proxy -> Optional.of(WayOut.to(proxy, enclosure.state()));
        };
    Laid laid = Laid.out(enclosure, staging);
    return new ContainerStart(docker, engine, plan, laid, out);
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
    for (Enclosure.Mount mount : enclosure.mounts()) {
      ContainerMount.Mode mode =
          switch (mount.mode()) {
            case READ_ONLY -> ContainerMount.Mode.READ_ONLY;
            case WRITABLE -> ContainerMount.Mode.WRITABLE;
          };
      mounts.add(new ContainerMount(mount.source(), mount.target().toString(), mode));
    }
    return mounts;
  }

  /* The engine hands the path to the kernel as an option of a mount. */
  private static boolean isPlain(Path path) {
    return path.toString().chars().noneMatch(c -> ",:\\\"".indexOf(c) >= 0);
  }

  private static void refuse(Optional<String> objection, String fix) throws WallException {
    if (objection.isPresent()) {
      throw WallException.refused(objection.get(), fix);
    }
  }

  /// Returns where writes are staged, if they are.
  Optional<StagingArea> staging() {
    return laid.staging();
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
        out.isPresent() ? "egress proxy" : "none",
        plan.extra().limits(),
        visible());
  }

  /// Returns the options a container is started with, without what the facts say besides.
  String options() {
    List<String> told = new ArrayList<>();
    for (String option : plan.arguments("", ContainerMount.Recursion.NEW, laid.filter())) {
      if (option.startsWith("--entrypoint=")) {
        break;
      }
      boolean besides =
          option.startsWith("--name=")
              || option.startsWith("--label=")
              || option.startsWith("--mount=");
      if (option.startsWith("--") && !besides) {
        told.add(option);
      }
    }
    return String.join(" ", told);
  }

  /// Takes away what was laid out for all of its containers. None is started any more.
  void forget() throws IOException {
    if (out.isPresent()) {
      out.get().forget();
    }
  }

  /// Returns a container that runs, and is what was planned.
  ///
  /// @param masks what is closed in the workspace
  /// @throws WallException if there is none; then nothing is left
  SessionContainer run(MaskMounts masks) throws IOException, InterruptedException {
    List<ContainerMount> all = new ArrayList<>(plan.mounts());
    laid.staging()
        .ifPresent(area ->
            all.replaceAll(mount -> mount.target().equals(plan.folder()) ? staged(area) : mount));
    all.addAll(masks.mounts());
    all.add(laid.proof());
    laid.trust().ifPresent(all::add);
    return run(
        new ContainerPlan(
            plan.image(), plan.user(), plan.folder(), plan.extra(), all, plan.empties()));
  }

  private ContainerMount staged(StagingArea area) {
    return new ContainerMount(area.folder(), plan.folder(), ContainerMount.Mode.STAGED);
  }

  private SessionContainer run(ContainerPlan plan) throws IOException, InterruptedException {
    String name = "redoubt-" + UUID.randomUUID();
    RunningCommand keeper =
        docker.start(
            plan.arguments(name, ContainerMount.Recursion.of(engine.client()), laid.filter()),
            new Streams.Piped(Streams.Caps.DEFAULT),
            Optional.empty());
    try {
      String said = FirstLine.of(keeper);
      requireSameFiles(said, keeper);
      StartedContainer started = StartedContainer.ask(docker, name);
      started.requirePlanned(plan, laid.filter());
      requireSamePlaces();
      Optional<RelayContainer> relay =
          out.isPresent()
              ? Optional.of(RelayContainer.start(docker, out.get(), engine, plan, started.id()))
              : Optional.empty();
      return new SessionContainer(
          docker,
          new SessionContainer.Running(
              started.id(),
              plan.user(),
              keeper,
              ContainerMembers.of(started.id(), started.firstProcess()),
              ContainerUse.of(started.id(), started.firstProcess()),
              relay));
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
    if (!said.startsWith(laid.text() + " ")) {
      throw WallException.cannotStart(
          "the engine does not see the files of this machine",
          "use an engine that runs here: a workspace is mounted, never copied");
    }
    if (!said.equals(laid.text() + " writable")) {
      throw WallException.cannotStart(
          "user %s of the container may not write \"%s\""
              .formatted(plan.user().option(), plan.folder()),
          "give the workspace to an ordinary user, or name its owner in"
              + " options.sandbox.docker.user");
    }
  }
}
