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
        "redoubt proxy --mode observe -- ./server");
  }

  @Override
  public int run(Call call) {
    ProxyOptions options = ProxyOptions.of(call);
    if (call.has("--approve")) {
      return approve(call, options.server().pins(call));
    }
    ProxyRun run = new ProxyRun(call, options);
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), ProxyRun.STREAM, call.world().clock())) {
      return run.perform(evidence);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }

  private static int approve(Call call, PinFile pins) {
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
    pins.approve(waiting);
    CommandOutput.line(call, "approved");
    return ExitCode.OK;
  }
}
