// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.relay.stops.Stops;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt relay lift`: takes a stop back.
public final class RelayLiftCommand implements Command {

  @Override
  public CommandSpec spec() {
    return RelayFolders.withTarget(CommandSpec.create());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt relay lift --server files", "redoubt relay lift --all");
  }

  @Override
  public int run(Call call) {
    Stops.Target target = RelayFolders.target(call);
    // What is not written down is not lifted.
    RelayStopCommand.record(call, "lift", target, "");
    if (!RelayFolders.stops(call).lift(target)) {
      CommandOutput.note(
          call, "redoubt: %s is not stopped (redoubt relay status)", RelayFolders.shown(target));
      return ExitCode.NO;
    }
    CommandOutput.line(call, "lifted: %s", RelayFolders.shown(target));
    return ExitCode.OK;
  }
}
