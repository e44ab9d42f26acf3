// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import dev.redoubt.agent.servers.McpServers;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.mcp.pins.Difference;
import dev.redoubt.mcp.pins.PinFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt mcp approve`: shows what a server says differently of its tools, and takes it over.
public final class McpApproveCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(McpOptions.server())
        .addOption(McpOptions.folder())
        .addOption(
            OptionSpec.builder("--show").description("Only show it; approve nothing.").build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt mcp approve files --show", "redoubt mcp approve files");
  }

  @Override
  public int run(Call call) {
    Path folder = McpOptions.folder(call);
    PinFile pins =
        McpServers.pins(
            call.globals().dataDir().toAbsolutePath(), folder, McpOptions.plan(call, folder));
    List<Difference> waiting = pins.waiting();
    if (waiting.isEmpty()) {
      CommandOutput.line(call, "nothing waits for an approval");
      return ExitCode.OK;
    }
    for (Difference difference : waiting) {
      CommandOutput.line(
          call,
          "%s %s",
          difference.tool(),
          difference.kind() == Difference.Kind.ADDED ? "is new" : "is described differently");
      difference.lines().forEach(line -> CommandOutput.line(call, "  %s", line));
    }
    if (!call.has("--show")) {
      pins.approve(waiting);
      CommandOutput.line(call, "approved");
    }
    return ExitCode.OK;
  }
}
