// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import dev.redoubt.agent.servers.RemoteServer;
import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt mcp logout`: forgets the token of a server over HTTP.
public final class McpLogoutCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create().addPositional(McpOptions.server()).addOption(McpOptions.folder());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt mcp logout tracker", "redoubt mcp logout tracker --cwd project");
  }

  @Override
  public int run(Call call) {
    Path folder = McpOptions.folder(call);
    ServerPlan plan = McpOptions.plan(call, folder);
    RemoteServer server = McpOptions.remote(plan);
    try {
      boolean there =
          new RemoteDoors(call, folder, RemoteDoors.Guarding.NOBODY)
              .authorizer(plan, server, Optional.empty())
              .orElseThrow()
              .logout();
      CommandOutput.line(
          call,
          there ? "the token of %s is forgotten here" : "there was no token of %s",
          plan.name());
      return ExitCode.OK;
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "the token of %s cannot be forgotten: %s"
              .formatted(plan.name(), RedoubtException.reason(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }
}
