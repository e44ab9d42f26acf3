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
/// @param leading the program and its arguments on a terminal, when the command leads the session
///   of the terminal behind the wall; empty when `argv` leads it
public record Launch(
    List<String> argv,
    Map<String, String> environment,
    Path folder,
    Starter starter,
    Tether tether,
    List<String> leading) {

  /// One whose terminal `argv` leads.
  public Launch(
      List<String> argv,
      Map<String, String> environment,
      Path folder,
      Starter starter,
      Tether tether) {
    this(argv, environment, folder, starter, tether, List.of());
  }

  public Launch {
    argv = List.copyOf(argv);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("argv is empty: it names at least the program");
    }
    environment = Map.copyOf(environment);
    requireNonNull(folder, "folder");
    requireNonNull(starter, "starter");
    requireNonNull(tether, "tether");
    leading = List.copyOf(leading);
  }

  /// Returns a launch on this machine that leaves nothing behind but its processes.
  public static Launch of(List<String> argv, Map<String, String> environment, Path folder) {
    return new Launch(argv, environment, folder, Starter.PLAIN, Tether.NONE);
  }
}
