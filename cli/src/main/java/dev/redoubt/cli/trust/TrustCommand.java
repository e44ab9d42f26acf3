// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.trust;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt trust`: whether the current folder is trusted and what it would switch on.
public final class TrustCommand implements Command {

  @Override
  public CommandSpec spec() {
    return TrustOptions.json(CommandSpec.create());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt trust", "redoubt trust --json");
  }

  @Override
  public int run(Call call) {
    WorkspaceTrust trust = WorkspaceTrust.of(call.globals().dataDir(), call.world().folder());
    if (call.has("--json")) {
      CommandOutput.json(call, json -> TrustOutput.json(json, trust));
    } else {
      TrustOutput.text(call.world().out(), trust);
    }
    return ExitCode.OK;
  }
}
