// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.local;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.kernel.Architecture;
import dev.redoubt.sandbox.kernel.ProcessLimit;
import dev.redoubt.sandbox.kernel.ProcessLimit.Kind;
import dev.redoubt.sandbox.kernel.StartPlan;
import dev.redoubt.sandbox.processes.StartFolder;
import dev.redoubt.sandbox.processes.SupervisedStart;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.CommandLines;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Launch;
import dev.redoubt.sandbox.wall.Wall;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// No wall: what the guard permitted runs as it is, with a supervisor where there is one for this
/// machine, so that nothing is left behind.
final class LocalWall implements Wall {

  private final Enclosure enclosure;
  private @Nullable StartFolder start;

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
  public Launch around(Action.Run run) throws IOException {
    List<String> argv = CommandLines.argv(run);
    Map<String, String> environment = CommandLines.environment(enclosure, run);
    if (Architecture.ofThisMachine().isEmpty()) {
      return Launch.of(argv, environment, run.folder());
    }
    SupervisedStart next = start().next();
    return new Launch(argv, environment, run.folder(), next, next);
  }

  private synchronized StartFolder start() throws IOException {
    if (start == null) {
      start =
          StartFolder.make(
              enclosure.state().resolve("sandbox"),
              StartPlan.of(
                  new StartPlan.Keeper.Supervisor(ProcessHandle.current().pid()),
                  new StartPlan.Report.File(),
                  List.of(
                      new ProcessLimit(Kind.CORE, 0),
                      new ProcessLimit(Kind.FILE_SIZE, enclosure.limits().fileBytes()))));
    }
    return start;
  }

  @Override
  public synchronized void close() throws IOException {
    if (start != null) {
      start.close();
    }
  }
}
