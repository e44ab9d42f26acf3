// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import dev.redoubt.agent.servers.RemoteServer;
import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.mcp.oauth.Authorizer;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt mcp login`: lets a person say that this client may act for them at a server over HTTP,
/// and keeps the token.
public final class McpLoginCommand implements Command {

  private static final int LAST_PORT = 65_535;

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(McpOptions.server())
        .addOption(McpOptions.folder())
        .addOption(
            McpOptions.value(
                "--port", "P", "The port of this machine the browser comes back to; a free one."));
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt mcp login tracker", "redoubt mcp login tracker --port 8123");
  }

  @Override
  public int run(Call call) {
    Path folder = McpOptions.folder(call);
    ServerPlan plan = McpOptions.plan(call, folder);
    RemoteServer server = McpOptions.remote(plan);
    try (BrowserConsent consent = BrowserConsent.on(call, port(call))) {
      Authorizer authorizer =
          new RemoteDoors(call, folder)
              .authorizer(plan, server, Optional.of(consent))
              .orElseThrow();
      authorizer.login();
      CommandOutput.line(call, "logged in to %s", plan.name());
      return ExitCode.OK;
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.LOGIN,
          "the server %s: %s".formatted(plan.name(), RedoubtException.reason(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }

  private static int port(Call call) {
    String text = call.text("--port").orElse("0");
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException("--port: \"%s\" is no port".formatted(text));
  }
}
