// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.masks.Masks;
import dev.redoubt.sandbox.masks.StagedMasks;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Staging.Support;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lays an overlay over the workspace for one command, in a user namespace around that of bwrap.
///
/// bwrap finds the overlay in the place of the workspace, so everything it mounts over the
/// workspace lies over the overlay too. The mount goes with the last process of the command.
final class Overlay {

  /* Links and paths are relative to the area: the options of a mount have characters of their own. */
  private static final String MOUNT =
      "cd \"$1\" && \"$2\" -t overlay overlay"
          + " -o lowerdir=lower,upperdir=upper,workdir=work,userxattr,index=off,xino=off"
          + " \"$3\" 2>\"$4\" || exit 125; cd / && shift 4 && exec \"$@\"";

  private static final List<String> PROGRAMS = List.of("unshare", "mount");

  private final StagingArea area;

  Overlay(StagingArea area) {
    this.area = requireNonNull(area, "area");
  }

  StagingArea area() {
    return area;
  }

  /// Returns whether it works here. Looks only.
  ///
  /// @param kernel the version of the kernel, in the manner of `6.1.0-18-amd64`
  static Support support(Path state, String kernel) {
    for (String program : PROGRAMS) {
      if (Programs.named(program).isEmpty()) {
        return new Support.Missing(
            "the program %s is not installed".formatted(program), "apt-get install util-linux");
      }
    }
    if (isBefore511(kernel)) {
      return new Support.Missing(
          "Linux %s mounts no overlay in a user namespace".formatted(kernel),
          "Linux 5.11 or newer");
    }
    Optional<String> objection = StagingArea.objection(state);
    return objection.isPresent()
        ? new Support.Missing(objection.get(), StagingArea.FIX)
        : new Support.AllWrites("an overlay in its user namespace");
  }

  private static boolean isBefore511(String kernel) {
    String[] numbers = kernel.split("[^0-9]", 3);
    if (numbers.length < 2 || numbers[0].isEmpty() || numbers[1].isEmpty()) {
      return false;
    }
    int major = Integer.parseInt(numbers[0]);
    return major < 5 || (major == 5 && Integer.parseInt(numbers[1]) < 11);
  }

  /// Returns what of `masks` there is to close in the overlay.
  Masks over(Masks masks) {
    return StagedMasks.over(area, masks);
  }

  /// Returns the command that mounts it and then is `bwrap`.
  ///
  /// @param said where the reason is written if it cannot be mounted
  List<String> before(Path said, List<String> bwrap) throws IOException {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of(program("unshare"), "--user", "--map-root-user", "--mount", "--"));
    argv.addAll(List.of("/bin/sh", "-c", MOUNT, "sh", area.folder().toString()));
    argv.addAll(List.of(program("mount"), area.workspace().toString(), said.toString()));
    argv.addAll(bwrap);
    return argv;
  }

  private static String program(String name) throws WallException {
    return Programs.named(name)
        .orElseThrow(() ->
            WallException.cannotStart(
                "the program %s went away".formatted(name), "apt-get install util-linux"))
        .toString();
  }

  /// Returns the user and the group that the command is inside: those of this process, although it
  /// is root in the namespace in between.
  List<String> user() throws IOException {
    Path own = Path.of("/proc/self");
    return List.of(
        "--uid",
        String.valueOf(Integer.toUnsignedLong((Integer) Files.getAttribute(own, "unix:uid"))),
        "--gid",
        String.valueOf(Integer.toUnsignedLong((Integer) Files.getAttribute(own, "unix:gid"))));
  }
}
