// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.kernel.Architecture;
import dev.redoubt.sandbox.kernel.LandlockRules;
import dev.redoubt.sandbox.kernel.LandlockRules.Place;
import dev.redoubt.sandbox.kernel.LandlockRules.Presence;
import dev.redoubt.sandbox.kernel.LandlockRules.Right;
import dev.redoubt.sandbox.kernel.LandlockRules.Tcp;
import dev.redoubt.sandbox.kernel.ProcessLimit;
import dev.redoubt.sandbox.kernel.ProcessLimit.Kind;
import dev.redoubt.sandbox.kernel.StartPlan;
import dev.redoubt.sandbox.kernel.StartProgram;
import dev.redoubt.sandbox.wall.CommandLines;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a command passes through inside the namespaces before it begins: its limits, and Landlock
/// where the kernel has it, which says once more what can be written. A mount that should not be
/// there, or one too many, still lets nothing be written outside the workspace.
///
/// @param program what does it
record SecondLayer(StartProgram program) {

  /// Where commands see the program. The folder is made by bwrap and read-only.
  static final String PLACE = "/dev/.redoubt-start";

  /// The descriptor it says what it could not do to.
  static final int REPORT = 6;

  /// Returns it for `enclosure`, written to `file`; empty where no program is known for this
  /// processor.
  static Optional<SecondLayer> write(Enclosure enclosure, Path file) throws IOException {
    if (Architecture.ofThisMachine().isEmpty()) {
      return Optional.empty();
    }
    StartPlan plan =
        StartPlan.of(
                new StartPlan.Keeper.Surroundings(),
                new StartPlan.Report.Descriptor(REPORT),
                limits(enclosure.limits()))
            .secondLayer(new LandlockRules(places(enclosure), new Tcp.Open()));
    return Optional.of(new SecondLayer(StartProgram.write(plan, file)));
  }

  private static List<ProcessLimit> limits(ResourceLimits limits) {
    return List.of(
        new ProcessLimit(Kind.CORE, 0),
        new ProcessLimit(Kind.FILE_SIZE, limits.fileBytes()),
        new ProcessLimit(Kind.DATA, limits.memoryBytes()),
        new ProcessLimit(Kind.PROCESSES, limits.processes()));
  }

  /* The folders that are private to a command, as Arguments lays them out: they are there inside,
   * whatever the machine has in their places. */
  private static List<Place> places(Enclosure enclosure) {
    List<Place> places = new ArrayList<>();
    places.add(folder(Path.of("/"), Right.READ, Presence.REQUIRED));
    places.add(folder(Path.of("/dev"), Right.USE_DEVICE, Presence.REQUIRED));
    for (String name : List.of("/dev/shm", "/tmp", "/var/tmp")) {
      places.add(folder(Path.of(name), Right.WRITE, Presence.OPTIONAL));
    }
    places.add(folder(enclosure.home().resolve(".cache"), Right.WRITE, Presence.OPTIONAL));
    places.add(folder(enclosure.workspace(), Right.WRITE, Presence.REQUIRED));
    for (Enclosure.Mount mount : enclosure.mounts()) {
      if (mount.mode() == Enclosure.Mount.Mode.WRITABLE) {
        places.add(
            Files.isDirectory(mount.source())
                ? folder(mount.target(), Right.WRITE, Presence.REQUIRED)
                : new Place(mount.target(), Right.WRITE, Presence.REQUIRED));
      }
    }
    return places;
  }

  private static Place folder(Path path, Right right, Presence presence) {
    return new Place(path, right, presence, LandlockRules.Kind.FOLDER);
  }

  /// Returns the words that start `run` through it.
  ///
  /// @param environment the variables of the command, whose `PATH` is searched
  List<String> around(Action.Run run, Map<String, String> environment) throws WallException {
    List<String> argv = CommandLines.argv(run);
    return StartProgram.around(
        PLACE,
        Optional.empty(),
        Optional.empty(),
        StartProgram.everyName(argv.getFirst(), run.folder(), environment),
        argv);
  }
}
