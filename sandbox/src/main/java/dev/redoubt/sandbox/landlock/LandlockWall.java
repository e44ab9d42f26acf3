// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.landlock;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.git.GitFolder;
import dev.redoubt.sandbox.kernel.KernelException;
import dev.redoubt.sandbox.kernel.LandlockRules;
import dev.redoubt.sandbox.kernel.LandlockRules.Tcp;
import dev.redoubt.sandbox.kernel.ProcessLimit;
import dev.redoubt.sandbox.kernel.ProcessLimit.Kind;
import dev.redoubt.sandbox.kernel.SeccompFilter;
import dev.redoubt.sandbox.kernel.SetGroup;
import dev.redoubt.sandbox.kernel.Sockets;
import dev.redoubt.sandbox.kernel.StartPlan;
import dev.redoubt.sandbox.masks.MaskFinder;
import dev.redoubt.sandbox.processes.StartFolder;
import dev.redoubt.sandbox.processes.SupervisedStart;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.CommandLines;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Lets each command give up what it may not reach.
final class LandlockWall implements Wall {

  private final Enclosure enclosure;
  private final MaskFinder finder;
  private final Path own;
  private final StartFolder start;

  private LandlockWall(Enclosure enclosure, MaskFinder finder, Path own, StartFolder start) {
    this.enclosure = enclosure;
    this.finder = finder;
    this.own = own;
    this.start = start;
  }

  static LandlockWall around(Enclosure enclosure) throws IOException {
    MaskFinder finder = MaskFinder.of(enclosure);
    Tcp tcp = tcp(enclosure.exits());
    Sockets sockets =
        switch (enclosure.exits()) {
          case Exits.None() -> Sockets.NONE;
          case Exits.Proxy _ -> Sockets.TCP;
        };
    SeccompFilter filter =
        SeccompFilter.forThisMachine(sockets)
            .map(SeccompFilter::keepingAttributes)
            .orElseThrow(() ->
                WallException.cannotStart(
                    "there is no filter of system calls for this processor", "use another sandbox"))
            .with(SetGroup.in(GitFolder.around(enclosure.workspace())));
    Path parent = Files.createDirectories(enclosure.state().resolve("sandbox")).toRealPath();
    Path own = Files.createTempDirectory(parent, "landlock-");
    Files.createDirectory(own.resolve("tmp"));
    Files.createDirectory(own.resolve("cache"));
    LandlockRules rules = new LandlockRules(Reach.of(enclosure, finder, own), tcp);
    StartPlan plan =
        StartPlan.of(
                new StartPlan.Keeper.Supervisor(ProcessHandle.current().pid()),
                new StartPlan.Report.File(),
                limits(enclosure.limits()))
            .behind(Optional.of(rules), Optional.of(filter));
    try {
      return new LandlockWall(enclosure, finder, own, StartFolder.make(parent, plan));
    } catch (KernelException e) {
      throw WallException.cannotStart(
          "the wall could not be put up: %s".formatted(e.getMessage()),
          "redoubt sandbox test --sandbox landlock");
    }
  }

  private static Tcp tcp(Exits exits) throws WallException {
    return switch (exits) {
      case Exits.None() -> new Tcp.Ports(List.of(), List.of());
      case Exits.Proxy proxy -> new Tcp.Ports(List.of(port(proxy.address())), List.of());
    };
  }

  private static int port(String address) throws WallException {
    String digits = address.substring(address.lastIndexOf(':') + 1);
    try {
      int port = Integer.parseInt(digits);
      if (port > 0 && port <= 0xffff) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw WallException.cannotStart(
        "the egress proxy has no port: \"%s\"".formatted(address), "run without the network");
  }

  @Override
  public String name() {
    return "landlock";
  }

  @Override
  public Boundary boundary() {
    return finder.boundary();
  }

  @Override
  public Launch around(Action.Run run) throws WallException {
    List<String> argv = CommandLines.argv(run);
    Map<String, String> environment = new TreeMap<>(CommandLines.environment(enclosure, run));
    for (String name : List.of("TMPDIR", "TMP", "TEMP")) {
      environment.put(name, own.resolve("tmp").toString());
    }
    environment.put("XDG_CACHE_HOME", own.resolve("cache").toString());
    SupervisedStart next = start.next();
    return new Launch(argv, environment, run.folder(), next, next);
  }

  private static List<ProcessLimit> limits(ResourceLimits limits) {
    return List.of(
        new ProcessLimit(Kind.CORE, 0),
        new ProcessLimit(Kind.FILE_SIZE, limits.fileBytes()),
        new ProcessLimit(Kind.DATA, limits.memoryBytes()),
        new ProcessLimit(Kind.PROCESSES, limits.processes()));
  }

  @Override
  public void close() throws IOException {
    start.close();
    OwnFolder.delete(own);
  }
}
