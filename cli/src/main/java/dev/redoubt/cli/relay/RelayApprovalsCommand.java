// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.relay.approvals.ApprovalQueue;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt relay approvals`: the calls that wait for a person.
public final class RelayApprovalsCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create().addOption(RelayFolders.json());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt relay approvals", "redoubt relay approvals --json");
  }

  @Override
  public int run(Call call) {
    List<ApprovalQueue.Waiting> waiting = RelayFolders.approvals(call).waiting();
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeArrayPropertyStart("approvals");
            for (ApprovalQueue.Waiting each : waiting) {
              json.writeStartObject();
              json.writeStringProperty("id", each.id());
              json.writeStringProperty("server", each.server());
              json.writeStringProperty("place", each.place());
              json.writeStringProperty("tool", each.tool());
              json.writeStringProperty("arguments", each.arguments());
              json.writeStringProperty("reason", each.reason());
              json.writeStringProperty("digest", each.digest());
              json.writeEndObject();
            }
            json.writeEndArray();
          });
      return ExitCode.OK;
    }
    if (waiting.isEmpty()) {
      CommandOutput.line(call, "nothing waits for an approval");
    } else {
      CommandOutput.line(call, "arguments as they are, but for secrets, which are masked:");
    }
    for (ApprovalQueue.Waiting each : waiting) {
      CommandOutput.line(
          call, "%s  %s/%s %s", each.id(), each.server(), each.tool(), each.arguments());
      CommandOutput.line(call, "              %s", each.place());
      CommandOutput.line(call, "              %s", each.reason());
    }
    return ExitCode.OK;
  }
}
