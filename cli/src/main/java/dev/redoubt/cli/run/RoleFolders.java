// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.roles.Roles;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.extensions.PluginGifts;
import dev.redoubt.guard.Gate;
import java.nio.file.Path;
import java.util.List;

/// Where a person keeps agents of their own: `.claude/agents` of the home, then `agents` beside the
/// configuration. Then come those of plugins, each as `PLUGIN:NAME`.
public final class RoleFolders {

  private RoleFolders() {}

  /// Returns the agents of the person, of plugins that count and of `workspace`.
  ///
  /// @param gate is asked about every file of the checkout
  /// @throws dev.redoubt.model.RedoubtException UNREADABLE if a plugin changes meanwhile
  public static Roles.Found find(Call call, Path workspace, Gate gate) throws InterruptedException {
    Path config = requireNonNull(GlobalOptions.userConfig(call.world()).getParent());
    return Roles.find(
        List.of(call.world().home().resolve(".claude/agents"), config.resolve("agents")),
        PluginGifts.of(call).gifts().stream()
            .map(gift -> new Roles.Bundle(gift.plugin(), gift.agents()))
            .toList(),
        workspace,
        gate);
  }
}
