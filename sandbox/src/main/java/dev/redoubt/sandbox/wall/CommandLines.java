// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Program;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a planned run looks like to the system, the same behind every wall.
public final class CommandLines {

  private CommandLines() {}

  /// Returns the program and its arguments. A line goes to `bash`, without the files a person's
  /// shell reads at its start.
  ///
  /// @throws WallException if it is a line for a shell of another system
  public static List<String> argv(Action.Run run) throws WallException {
    return switch (run.program()) {
      case Program.Argv(List<String> argv) -> argv;
      case Program.Line(Program.Shell shell, String text) ->
          switch (shell) {
            case BASH -> List.of("bash", "--noprofile", "--norc", "-c", text);
            case POWERSHELL, CMD ->
                throw WallException.refused(
                    "a line for %s cannot be run here".formatted(shell), "write it for bash");
          };
    };
  }

  /// Returns every variable a run gets: the chosen ones of the operator, the way out, what keeps
  /// git from running what a checkout says, and what was planned for this run, which wins.
  public static Map<String, String> environment(Enclosure enclosure, Action.Run run) {
    Map<String, String> environment = new TreeMap<>(enclosure.environment());
    if (enclosure.exits() instanceof Enclosure.Exits.Proxy proxy) {
      environment.putAll(proxy.variables());
    }
    environment.putAll(EnvironmentRules.git());
    environment.put("PWD", run.folder().toString());
    environment.putAll(run.environment());
    return environment;
  }
}
