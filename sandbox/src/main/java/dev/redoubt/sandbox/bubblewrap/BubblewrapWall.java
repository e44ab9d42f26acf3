// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.git.GitFolder;
import dev.redoubt.sandbox.kernel.Architecture;
import dev.redoubt.sandbox.kernel.SeccompFilter;
import dev.redoubt.sandbox.kernel.SetGroup;
import dev.redoubt.sandbox.kernel.Sockets;
import dev.redoubt.sandbox.kernel.StartPlan;
import dev.redoubt.sandbox.kernel.StartProgram;
import dev.redoubt.sandbox.masks.Closed;
import dev.redoubt.sandbox.masks.MaskFinder;
import dev.redoubt.sandbox.masks.Masks;
import dev.redoubt.sandbox.processes.SupervisedStart;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Puts each command into namespaces of its own.
///
/// `bwrap` is started by `sh`, because a child of the JDK inherits three descriptors only, and
/// bwrap takes its arguments, the filter and its report by descriptors. Neither gets a variable of
/// the command: one such as `LD_PRELOAD` would work outside of the wall.
final class BubblewrapWall implements Wall {

  /* The arguments, the report, the filter, two control groups and the program that a command passes
   * through, each empty when there is none. */
  private static final String START =
      "a=$1 r=$2 f=${3:-/dev/null} p=$4 m=$5 s=${6:-/dev/null}; shift 6;"
          + " for g in \"$p\" \"$m\"; do"
          + " [ -z \"$g\" ] || echo $$ > \"$g/cgroup.procs\" || exit 125; done;"
          + " exec \"$@\" 3<\"$a\" 5<>\"$r\" 4<\"$f\" 6>\"$r.start\" 7<\"$s\"";

  private final Enclosure enclosure;
  private final Path bwrap;
  private final MaskFinder finder;
  private final Optional<SecondLayer> layer;
  private final Optional<StartProgram> supervisor;
  private final Optional<Path> setsid;
  private final WallFolder folder;
  private final List<ControlGroup.Parent> controls;
  private final SetGroup groups;
  private final Optional<Path> filter;
  private final Optional<WayOut> out;
  private final Optional<Overlay> overlay;
  private final AtomicInteger runs = new AtomicInteger();

  private BubblewrapWall(
      Enclosure enclosure, Path bwrap, MaskFinder finder, WallFolder folder, Passages passages)
      throws IOException {
    this.enclosure = requireNonNull(enclosure, "enclosure");
    this.bwrap = requireNonNull(bwrap, "bwrap");
    this.finder = finder;
    this.setsid = Programs.named("setsid");
    this.folder = folder;
    this.layer = SecondLayer.write(enclosure, folder.path().resolve("inside"));
    this.supervisor = supervisor(folder.path().resolve("start"));
    this.controls = ControlGroup.parents(folder.path());
    this.out = passages.out();
    this.overlay = passages.overlay();
    // With a way out the filter comes later, over the command alone.
    this.groups = SetGroup.in(GitFolder.around(enclosure.workspace()));
    Optional<SeccompFilter> program =
        out.isPresent()
            ? Optional.empty()
            : SeccompFilter.forThisMachine(Sockets.INTERNET).map(found -> found.with(groups));
    this.filter =
        program.isPresent()
            ? Optional.of(Files.write(folder.path().resolve("filter"), program.get().program()))
            : Optional.empty();
  }

  private static Optional<StartProgram> supervisor(Path file) throws IOException {
    if (Architecture.ofThisMachine().isEmpty()) {
      return Optional.empty();
    }
    long pid = ProcessHandle.current().pid();
    return Optional.of(
        StartProgram.write(
            StartPlan.of(
                new StartPlan.Keeper.Supervisor(pid), new StartPlan.Report.File(), List.of()),
            file));
  }

  /* Where what a command sends and what it writes goes. */
  private record Passages(Optional<WayOut> out, Optional<Overlay> overlay) {}

  static BubblewrapWall around(Enclosure enclosure, Path bwrap, Optional<Overlay> overlay)
      throws IOException {
    Optional<WayOut> out =
        switch (enclosure.exits()) {
          case Enclosure.Exits.None() -> Optional.empty();
          case Enclosure.Exits.Proxy proxy -> Optional.of(WayOut.to(proxy));
        };
    if (out.isPresent() && SeccompFilter.forThisMachine(Sockets.TCP).isEmpty()) {
      throw WallException.cannotStart(
          "without a filter of system calls for this processor the way out could not be held",
          "run without the network");
    }
    MaskFinder finder = MaskFinder.of(enclosure);
    finder.sweep();
    Path parent = Files.createDirectories(enclosure.state().resolve("sandbox"));
    WallFolder folder = WallFolder.in(parent);
    return new BubblewrapWall(enclosure, bwrap, finder, folder, new Passages(out, overlay));
  }

  @Override
  public String name() {
    return "bubblewrap";
  }

  @Override
  public Boundary boundary() {
    return finder.boundary();
  }

  @Override
  public Optional<StagingArea> staging() {
    return overlay.map(Overlay::area);
  }

  @Override
  public Launch around(Action.Run run) throws IOException {
    List<String> command =
        layer.isPresent()
            ? layer.get().around(run, CommandLines.environment(enclosure, run))
            : CommandLines.argv(run);
    if (overlay.isPresent() && !overlay.get().area().mounted()) {
      throw Staging.oneAtATime();
    }
    boolean started = false;
    try {
      Closed closed = finder.begin();
      try {
        Launch launch = launch(run, command, closed);
        started = true;
        return launch;
      } catch (IOException | RuntimeException e) {
        closed.end();
        throw e;
      }
    } finally {
      if (!started) {
        staging().ifPresent(StagingArea::unmounted);
      }
    }
  }

  private Launch launch(Action.Run run, List<String> command, Closed closed) throws IOException {
    Path own = Files.createTempDirectory(folder.path(), "run-");
    Map<String, String> variables = CommandLines.environment(enclosure, run);
    Arguments arguments =
        new Arguments().isolation().machine(enclosure, finder.visible(), layer.isPresent());
    if (out.isPresent()) {
      Path file = Files.write(own.resolve("variables"), Inside.written(variables));
      out.get().seen(arguments, finder.visible(), file);
    } else {
      arguments.environment(variables);
    }
    Masks masks = overlay.map(over -> over.over(closed.masks())).orElse(closed.masks());
    if (overlay.isPresent()) {
      arguments.add(overlay.get().user().toArray(String[]::new));
    }
    arguments
        .masked(enclosure, masks)
        .sealed(finder.visible())
        .add("--json-status-fd", "5", "--chdir", run.folder().toString());
    if (filter.isPresent()) {
      arguments.add("--seccomp", "4");
    } else if (out.isEmpty()) {
      arguments.add("--disable-userns");
    }
    ControlGroup group =
        ControlGroup.make(folder.path(), runs.incrementAndGet(), controls, enclosure.limits());
    Path written = Files.write(own.resolve("arguments"), arguments.bytes());
    List<String> starting = new ArrayList<>(List.of("/bin/sh", "-c", START, "sh"));
    starting.addAll(List.of(written.toString(), BubblewrapTether.report(own).toString()));
    starting.add(filter.map(Path::toString).orElse(""));
    for (int i = 0; i < 2; i++) {
      starting.add(i < group.folders().size() ? group.folders().get(i).toString() : "");
    }
    starting.add(layer.map(inside -> inside.program().file().toString()).orElse(""));
    List<String> start = List.of(bwrap.toString(), "--args", "3", "--");
    starting.addAll(
        overlay.isPresent() ? overlay.get().before(own.resolve("failed"), start) : start);
    List<String> argv = inside(starting, command);
    List<String> leading = setsid.isEmpty() ? List.of() : inside(starting, leading(command));
    BubblewrapTether tether =
        new BubblewrapTether(
            own,
            closed,
            group,
            staging(),
            new BubblewrapTether.Inner(
                layer, StartProgram.shown(CommandLines.argv(run).getFirst(), variables)));
    return supervised(argv, leading, own, tether);
  }

  private Launch supervised(
      List<String> argv, List<String> leading, Path own, BubblewrapTether tether) {
    if (supervisor.isEmpty()) {
      return new Launch(argv, Map.of(), Path.of("/"), Starter.PLAIN, tether, leading);
    }
    SupervisedStart outer = new SupervisedStart(supervisor.get(), own.resolve("outer"));
    return new Launch(
        argv,
        Map.of(),
        Path.of("/"),
        described -> outer.start(described),
        new SupervisedTether(outer, tether),
        leading);
  }

  private List<String> inside(List<String> starting, List<String> command) {
    List<String> argv = new ArrayList<>(starting);
    argv.addAll(out.isPresent() ? out.get().around(command, groups) : command);
    return argv;
  }

  /* The first process of the namespace leads the session without a terminal, as bwrap makes it. */
  private List<String> leading(List<String> command) {
    List<String> all = new ArrayList<>(List.of(setsid.orElseThrow().toString(), "-c"));
    all.addAll(command);
    return all;
  }

  @Override
  public void close() throws IOException {
    if (filter.isPresent()) {
      Files.deleteIfExists(filter.get());
    }
    if (layer.isPresent()) {
      layer.get().program().close();
    }
    if (supervisor.isPresent()) {
      supervisor.get().close();
    }
    folder.close();
  }
}
