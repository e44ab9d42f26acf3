// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.staged;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.sandbox.snapshots.StagedChange;
import dev.redoubt.sandbox.snapshots.StagedWrites;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt staged`: lists what is staged.
public final class StagedListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return StagedOptions.on(CommandSpec.create());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt staged list", "redoubt staged list --json");
  }

  @Override
  public int run(Call call) {
    StagedWrites staged = StagedOptions.staged(call);
    List<StagedChange> changes = staged.list();
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeStringProperty("workspace", staged.area().workspace().toString());
            StagedText.array(json, "staged", changes);
          });
    } else if (changes.isEmpty()) {
      CommandOutput.line(call, "nothing is staged");
    } else {
      StagedText.lines(call, changes);
    }
    return ExitCode.OK;
  }
}
