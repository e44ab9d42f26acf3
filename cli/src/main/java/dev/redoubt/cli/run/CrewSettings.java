// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.engine.Team;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.sandbox.Table;
import java.util.List;

/// The table `[options.agents]` of the operator's own configuration. A checkout has no say in it.
///
/// @param models those that a model may choose for a sub-agent, besides its own
record CrewSettings(Team.Limits limits, List<String> models) {

  private static final List<String> KEYS =
      List.of("max-running", "max-total", "max-depth", "models");
  private static final int RUNNING = 4;
  private static final int TOTAL = 16;

  CrewSettings {
    requireNonNull(limits, "limits");
    models = List.copyOf(models);
  }

  /// @throws dev.redoubt.model.RedoubtException USAGE if it is malformed or has an unknown key,
  ///   UNREADABLE if the file of `--config` cannot be read
  static CrewSettings of(Call call) {
    Table agents = Table.options(call).table("agents");
    agents.requireKeys(KEYS);
    return new CrewSettings(
        new Team.Limits(
            (int) agents.number("max-running", RUNNING, 64),
            (int) agents.number("max-total", TOTAL, 1_000),
            (int) agents.number("max-depth", 1, 4)),
        agents.texts("models"));
  }
}
