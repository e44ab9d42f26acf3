// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import dev.redoubt.cli.BuildIdentity;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Cancellation;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.http.HttpServer;
import dev.redoubt.http.HttpSettings;
import dev.redoubt.http.ListenAddress;
import dev.redoubt.mcp.server.McpEndpoint;
import dev.redoubt.mcp.server.McpServer;
import dev.redoubt.mcp.server.PipeServing;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt mcp serve`: offers what Redoubt knows of one folder to whoever speaks MCP.
///
/// Over standard input and output it ends with its client; over HTTP when it is told to. Nothing
/// but the protocol is written to standard output, over HTTP one line that says where it listens.
public final class McpServeCommand implements Command {

  static final String STREAM = "mcp-serve";

  private static final Duration ENDING = Duration.ofSeconds(30);

  @Override
  public CommandSpec spec() {
    return ServeOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt mcp serve",
        "redoubt mcp serve --listen 127.0.0.1:8773",
        "redoubt mcp serve --expose run --policy commands.toml --sandbox bubblewrap");
  }

  @Override
  public int run(Call call) {
    ServeOptions options = ServeOptions.of(call);
    // A policy that is not understood is said now, and not to the first client.
    GuardEngine.inFront(call, options.workspace(), Wall.NONE);
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), STREAM, call.world().clock())) {
      Desk desk = new Desk(call, options, new EvidenceDecisionLog(evidence, STREAM));
      McpServer server =
          new McpServer(
              new McpServer.ServerName(
                  "redoubt",
                  BuildIdentity.current().version(),
                  "Looks at the folder %s and changes nothing.".formatted(options.workspace())),
              new ServedTools(call, options, desk).catalogue());
      if (options.listen().isPresent()) {
        listen(call, options, options.listen().get(), server);
      } else {
        new PipeServing(server, call.world().out(), ENDING).run(call.world().streams().in());
      }
    } catch (IOException e) {
      throw new RedoubtException(ErrorCode.UNREADABLE, RedoubtException.reason(e), e);
    } catch (InterruptedException e) {
      // It was told to end, and that is how a server ends.
    }
    return ExitCode.OK;
  }

  private static void listen(
      Call call, ServeOptions options, ListenAddress address, McpServer server)
      throws IOException, InterruptedException {
    try (Cancellation cancellation = new Cancellation();
        McpEndpoint endpoint = new McpEndpoint(server);
        HttpServer http = HttpServer.start(HttpSettings.of(address, options.tokens()), endpoint)) {
      if (call.has("--json")) {
        CommandOutput.json(call, json -> json.writeStringProperty("ready", http.address()));
      } else {
        CommandOutput.line(call, "ready %s", http.address());
      }
      call.world().out().flush();
      cancellation.during(() -> {
        new CountDownLatch(1).await();
        return true;
      });
    }
  }
}
