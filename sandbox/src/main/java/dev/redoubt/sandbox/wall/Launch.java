// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How one command is started, all of it decided.
///
/// @param argv the program of this machine and its arguments
/// @param environment every variable it gets; nothing is inherited
/// @param folder the folder of this machine it is started in
/// @param starter what starts it
/// @param tether what the wall still holds of it
public record Launch(
    List<String> argv,
    Map<String, String> environment,
    Path folder,
    Starter starter,
    Tether tether) {

  public Launch {
    argv = List.copyOf(argv);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("argv is empty: it names at least the program");
    }
    environment = Map.copyOf(environment);
    requireNonNull(folder, "folder");
    requireNonNull(starter, "starter");
    requireNonNull(tether, "tether");
  }

  /// Returns a launch on this machine that leaves nothing behind but its processes.
  public static Launch of(List<String> argv, Map<String, String> environment, Path folder) {
    return new Launch(argv, environment, folder, Starter.PLAIN, Tether.NONE);
  }
}
