// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.kernel.SeccompFilter;
import dev.redoubt.sandbox.kernel.Sockets;
import dev.redoubt.sandbox.masks.Closed;
import dev.redoubt.sandbox.masks.MaskFinder;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.CommandLines;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.ResourceLimits;
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

/// Puts each command into namespaces of its own.
///
/// `bwrap` is started by `sh`, because a child of the JDK inherits three descriptors only, and
/// bwrap takes its arguments, the filter and its report by descriptors. Neither gets a variable of
/// the command: one such as `LD_PRELOAD` would work outside of the wall.
final class BubblewrapWall implements Wall {

  private static final String START =
      "a=$1 s=$2 f=$3; shift 3; exec \"$@\" 3<\"$a\" 5>\"$s\" 4<\"$f\"";
  private static final String WITHOUT_FILTER = "a=$1 s=$2; shift 3; exec \"$@\" 3<\"$a\" 5>\"$s\"";

  private final Enclosure enclosure;
  private final Path bwrap;
  private final MaskFinder finder;
  private final Optional<Path> prlimit;
  private final Path folder;
  private final Optional<Path> filter;

  private BubblewrapWall(
      Enclosure enclosure, Path bwrap, MaskFinder finder, Path folder, Optional<Path> filter) {
    this.enclosure = requireNonNull(enclosure, "enclosure");
    this.bwrap = requireNonNull(bwrap, "bwrap");
    this.finder = finder;
    this.prlimit = Programs.named("prlimit");
    this.folder = folder;
    this.filter = filter;
  }

  static BubblewrapWall around(Enclosure enclosure, Path bwrap) throws IOException {
    if (enclosure.exits() instanceof Enclosure.Exits.Proxy) {
      throw WallException.cannotStart(
          "bubblewrap cannot pass the egress proxy yet", "run without the network");
    }
    MaskFinder finder = MaskFinder.of(enclosure);
    finder.sweep();
    Path parent = Files.createDirectories(enclosure.state().resolve("sandbox"));
    Path folder = Files.createTempDirectory(parent, "wall-");
    Optional<SeccompFilter> program = SeccompFilter.forThisMachine(Sockets.INTERNET);
    Optional<Path> filter = Optional.empty();
    if (program.isPresent()) {
      filter = Optional.of(Files.write(folder.resolve("filter"), program.get().program()));
    }
    return new BubblewrapWall(enclosure, bwrap, finder, folder, filter);
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
  public Launch around(Action.Run run) throws IOException {
    List<String> command = new ArrayList<>(limits());
    command.addAll(CommandLines.argv(run));
    Closed closed = finder.begin();
    try {
      return launch(run, command, closed);
    } catch (IOException | RuntimeException e) {
      closed.end();
      throw e;
    }
  }

  private Launch launch(Action.Run run, List<String> command, Closed closed) throws IOException {
    Arguments arguments =
        new Arguments()
            .isolation()
            .machine(enclosure, finder.visible())
            .masked(enclosure, closed.masks())
            .sealed(finder.visible())
            .environment(CommandLines.environment(enclosure, run))
            .add("--json-status-fd", "5", "--chdir", run.folder().toString());
    if (filter.isPresent()) {
      arguments.add("--seccomp", "4");
    } else {
      arguments.add("--disable-userns");
    }
    Path own = Files.createTempDirectory(folder, "run-");
    Path written = Files.write(own.resolve("arguments"), arguments.bytes());
    Path report = own.resolve("report");
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("/bin/sh", "-c", filter.isPresent() ? START : WITHOUT_FILTER, "sh"));
    argv.addAll(List.of(written.toString(), report.toString()));
    argv.add(filter.map(Path::toString).orElse("none"));
    argv.addAll(List.of(bwrap.toString(), "--args", "3", "--"));
    argv.addAll(command);
    return new Launch(
        argv, Map.of(), Path.of("/"), Starter.PLAIN, new BubblewrapTether(own, report, closed));
  }

  private List<String> limits() {
    if (prlimit.isEmpty()) {
      return List.of();
    }
    ResourceLimits limits = enclosure.limits();
    return List.of(
        prlimit.get().toString(),
        "--core=0",
        "--fsize=" + limits.fileBytes(),
        "--data=" + limits.memoryBytes(),
        "--nproc=" + limits.processes(),
        "--");
  }

  @Override
  public void close() throws IOException {
    if (filter.isPresent()) {
      Files.deleteIfExists(filter.get());
    }
    Files.deleteIfExists(folder);
  }
}
