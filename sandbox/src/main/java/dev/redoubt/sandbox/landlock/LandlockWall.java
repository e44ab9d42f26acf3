// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.landlock;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.kernel.ConfinedStart;
import dev.redoubt.sandbox.kernel.KernelException;
import dev.redoubt.sandbox.kernel.LandlockRules;
import dev.redoubt.sandbox.kernel.LandlockRules.Tcp;
import dev.redoubt.sandbox.kernel.SeccompFilter;
import dev.redoubt.sandbox.kernel.Sockets;
import dev.redoubt.sandbox.masks.MaskFinder;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.CommandLines;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.Starter;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Lets each command give up what it may not reach.
final class LandlockWall implements Wall {

  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  private final Enclosure enclosure;
  private final MaskFinder finder;
  private final Path own;
  private final ConfinedStart start;

  private LandlockWall(Enclosure enclosure, MaskFinder finder, Path own, ConfinedStart start) {
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
            .orElseThrow(() ->
                WallException.cannotStart(
                    "there is no filter of system calls for this processor",
                    "use another sandbox"));
    Path parent = Files.createDirectories(enclosure.state().resolve("sandbox")).toRealPath();
    Path own = Files.createTempDirectory(parent, "wall-");
    Files.createDirectory(own.resolve("tmp"));
    Files.createDirectory(own.resolve("cache"));
    LandlockRules rules = new LandlockRules(Reach.of(enclosure, finder, own), tcp);
    return new LandlockWall(enclosure, finder, own, new ConfinedStart(Optional.of(rules), filter));
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
    List<String> argv = new ArrayList<>(limits());
    argv.addAll(CommandLines.argv(run));
    Map<String, String> environment = new TreeMap<>(CommandLines.environment(enclosure, run));
    for (String name : List.of("TMPDIR", "TMP", "TEMP")) {
      environment.put(name, own.resolve("tmp").toString());
    }
    environment.put("XDG_CACHE_HOME", own.resolve("cache").toString());
    return new Launch(argv, environment, run.folder(), new Confined(start), Tether.NONE);
  }

  private record Confined(ConfinedStart start) implements Starter {
    @Override
    public Process start(ProcessBuilder described) throws IOException {
      return started(start, described);
    }

    @Override
    public Process start(ProcessBuilder described, Path device) throws IOException {
      return started(start.withDevice(device), described);
    }

    private static Process started(ConfinedStart start, ProcessBuilder described)
        throws IOException {
      try {
        return start.start(described);
      } catch (KernelException e) {
        throw WallException.cannotStart(
            "the wall could not be put up: %s".formatted(e.getMessage()),
            "redoubt sandbox test --sandbox landlock");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("it was cancelled before it started", e);
      }
    }
  }

  private List<String> limits() {
    if (!Files.isExecutable(PRLIMIT)) {
      return List.of();
    }
    ResourceLimits limits = enclosure.limits();
    return List.of(
        PRLIMIT.toString(),
        "--core=0",
        "--fsize=" + limits.fileBytes(),
        "--data=" + limits.memoryBytes(),
        "--nproc=" + limits.processes(),
        "--");
  }

  @Override
  public void close() throws IOException {
    OwnFolder.delete(own);
  }
}
