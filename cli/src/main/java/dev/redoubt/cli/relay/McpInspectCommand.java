// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.inspect.InspectedFile;
import dev.redoubt.cli.inspect.Inspection;
import dev.redoubt.cli.inspect.InspectionOutput;
import dev.redoubt.cli.relay.InspectOptions.What;
import dev.redoubt.cli.relay.InspectRun.Seen;
import dev.redoubt.evidence.EvidenceLog;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt mcp inspect`: what a server offers, and what is wrong with it. Calls none of its tools
/// and pins nothing.
public final class McpInspectCommand implements Command {

  @Override
  public CommandSpec spec() {
    return InspectOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt mcp inspect .mcp.json",
        "redoubt mcp inspect tools-list.json --json",
        "redoubt mcp inspect --sandbox bubblewrap -- npx -y @scope/server /srv/docs",
        "redoubt mcp inspect --url https://mcp.example.com/mcp");
  }

  @Override
  public int run(Call call) {
    InspectOptions options = InspectOptions.of(call);
    try {
      return switch (options.what()) {
        case What.File(var path) -> {
          Inspection inspection = new InspectedFile(options.call(), path).inspection();
          yield end(options.call(), new Seen(inspection, ExitCode.OK));
        }
        case What.Started(ProxyOptions server) ->
            met(options.call(), server, new InspectRun(options.call(), server)::started);
        case What.Asked(ProxyOptions server, var plan) ->
            met(
                options.call(),
                server,
                evidence -> new InspectRun(options.call(), server).asked(plan, evidence));
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }

  /// Looks at one server.
  private interface Looking {
    Seen at(EvidenceLog evidence) throws InterruptedException;
  }

  private static int met(Call call, ProxyOptions server, Looking looking)
      throws InterruptedException {
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), InspectRun.STREAM, call.world().clock())) {
      Seen seen = looking.at(evidence);
      InspectRun.write(evidence, server.server(), seen.inspection());
      return end(call, seen);
    }
  }

  private static int end(Call call, Seen seen) {
    int exitCode = seen.inspection().exitCode(seen.otherwise());
    InspectionOutput.write(call, seen.inspection(), exitCode);
    return exitCode;
  }
}
