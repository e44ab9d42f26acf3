// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.mcp.pins.Difference;
import dev.redoubt.mcp.pins.PinFile;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt proxy`: stands between an agent and an MCP server and judges every message.
///
/// Standard output is the protocol and nothing else.
public final class ProxyCommand implements Command {

  @Override
  public CommandSpec spec() {
    return ProxyOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt proxy -- npx -y @scope/server /srv/docs",
        "redoubt proxy --sandbox bubblewrap --deny 'tool:*/delete_*' -- python3 server.py",
        "redoubt proxy --mode observe -- ./server",
        "redoubt proxy --url https://mcp.example.com/mcp");
  }

  @Override
  public int run(Call call) {
    ProxyOptions options = ProxyOptions.of(call);
    if (call.has("--approve")) {
      return approve(call, options.server());
    }
    Performing run = run(call, options);
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), ProxyRun.STREAM, call.world().clock())) {
      return run.perform(evidence);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }

  /// Stands in front of one server until one side ends.
  private interface Performing {
    int perform(EvidenceLog evidence) throws InterruptedException;
  }

  private static Performing run(Call call, ProxyOptions options) {
    return options.url().isPresent()
        ? new RemoteProxyRun(call, options)::perform
        : new ProxyRun(call, options)::perform;
  }

  static int approve(Call call, RelayedServer server) {
    PinFile launched = BeforeStart.pins(call, server);
    PinFile told = server.pins(call);
    List<Difference> files = launched.waiting();
    List<Difference> tools = told.waiting();
    if (files.isEmpty() && tools.isEmpty()) {
      CommandOutput.line(call, "nothing waits for an approval");
      return ExitCode.OK;
    }
    BeforeStart.lines(files).forEach(line -> CommandOutput.line(call, "%s", line));
    for (Difference difference : tools) {
      CommandOutput.line(
          call,
          "%s %s",
          difference.tool(),
          difference.kind() == Difference.Kind.ADDED ? "is new" : "is described differently");
      difference.lines().forEach(line -> CommandOutput.line(call, "  %s", line));
    }
    if (!files.isEmpty()) {
      launched.approve(files);
    }
    if (!tools.isEmpty()) {
      told.approve(tools);
    }
    CommandOutput.line(call, "approved");
    return ExitCode.OK;
  }
}
