// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.UsageException;
import dev.redoubt.guard.commands.PassedVariables;
import dev.redoubt.sandbox.wall.EnvironmentRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The variables of the client that `--env` hands on to a server. Only their names are ever on a
/// command line.
final class GivenVariables {

  private GivenVariables() {}

  /// Returns them with their values. What is not set is said and left out.
  ///
  /// @throws UsageException if one is named that decides what code runs
  static Map<String, String> of(Call call) {
    Map<String, String> given = new TreeMap<>();
    for (String name : call.texts("--env")) {
      objection(name)
          .ifPresent(reason -> {
            throw new UsageException(
                "--env %s: %s; if a server needs it, name it in options.sandbox.env-pass"
                    .formatted(CommandOutput.plain(name), reason));
          });
      String value = call.world().environment().get(name);
      if (value == null) {
        CommandOutput.note(call, "redoubt: --env %s: it is not set here", name);
      } else if (!isPassedAnyway(name, value)) {
        given.put(name, value);
      }
    }
    return given;
  }

  /// Returns why `name` is not handed on, empty when it may be.
  static Optional<String> objection(String name) {
    return isPassedAnyway(name, "") ? Optional.empty() : PassedVariables.objection(name);
  }

  /* Every server gets these as they are. */
  private static boolean isPassedAnyway(String name, String value) {
    return !EnvironmentRules.of(Map.of(name, value), List.of()).isEmpty();
  }
}
