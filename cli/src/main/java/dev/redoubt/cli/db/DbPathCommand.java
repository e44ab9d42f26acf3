// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt db path`: where the compiled advisories lie, whether there are any or not.
public final class DbPathCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create();
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt db path", "redoubt db path --data-dir ./data");
  }

  @Override
  public int run(Call call) {
    call.world().out().println(AdvisoryDatabase.folder(call.globals().dataDir()));
    return ExitCode.OK;
  }
}
