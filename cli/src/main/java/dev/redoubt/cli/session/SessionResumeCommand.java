// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.run.RunCommand;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt session resume`: the same as `redoubt run --resume`.
public final class SessionResumeCommand implements Command {

  @Override
  public CommandSpec spec() {
    return RunCommand.resumeSpec();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt session resume 20261122-101500-3f9a2c1b \"and now the tests\"",
        "redoubt session resume 20261122 - --json < prompt.txt");
  }

  @Override
  public int run(Call call) {
    return RunCommand.resume(call);
  }
}
