// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.local;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.CommandLines;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// No wall: what the guard permitted runs as it is.
final class LocalWall implements Wall {

  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  private final Enclosure enclosure;

  LocalWall(Enclosure enclosure) {
    this.enclosure = requireNonNull(enclosure, "enclosure");
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Boundary boundary() {
    return Boundary.NONE;
  }

  @Override
  public Launch around(Action.Run run) throws WallException {
    List<String> argv = new ArrayList<>();
    if (Files.isExecutable(PRLIMIT)) {
      ResourceLimits limits = enclosure.limits();
      argv.addAll(
          List.of(
              PRLIMIT.toString(), "--core=0", "--fsize=%d".formatted(limits.fileBytes()), "--"));
    }
    argv.addAll(CommandLines.argv(run));
    return Launch.of(argv, CommandLines.environment(enclosure, run), run.folder());
  }

  @Override
  public void close() {}
}
