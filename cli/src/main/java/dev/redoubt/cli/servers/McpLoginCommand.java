// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import dev.redoubt.agent.servers.RemoteServer;
import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.mcp.oauth.Authorizer;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt mcp login`: lets a person say that this client may act for them at a server over HTTP,
/// and keeps the token. That the person asks for it is their yes to questions about what the server
/// names; a deny stays a deny.
public final class McpLoginCommand implements Command {

  private static final String STREAM = "exec";
  private static final Approver ASKED_FOR = (_, _) -> Approver.Answer.YES;
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
    try (EvidenceLog evidence =
            EvidenceLog.open(call.globals().dataDir(), STREAM, call.world().clock());
        BrowserConsent consent = BrowserConsent.on(call, port(call))) {
      EvidenceDecisionLog log = new EvidenceDecisionLog(evidence, STREAM);
      Guard guard = GuardEngine.inFront(call, folder, Wall.NONE).guard();
      requireConnection(plan, server, guard, log);
      Authorizer authorizer =
          new RemoteDoors(call, folder, new RemoteDoors.Guarding(guard, ASKED_FOR, log))
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

  /* What the operator named is theirs; what a plugin or a checkout named may be denied by a rule. */
  private static void requireConnection(
      ServerPlan plan, RemoteServer server, Guard guard, EvidenceDecisionLog log)
      throws IOException, InterruptedException {
    switch (plan.origin()) {
      case OPERATOR -> {
        // It is in their own configuration.
      }
      case PLUGIN, CHECKOUT -> {
        switch (new Gate(List.of(guard), ASKED_FOR, log).judge(plan.action())) {
          case Verdict.Permitted(Permit permit) -> permit.spend();
          case Verdict.Refused(String _, Decision decision) ->
              throw new IOException(
                  "%s is not connected to: %s (rule %s)"
                      .formatted(server.url().host().text(), decision.reason(), decision.rule()));
        }
      }
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
