// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.relay.stops.Stops;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt relay status`: what is stopped, and how many calls wait.
public final class RelayStatusCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create().addOption(RelayFolders.json());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt relay status", "redoubt relay status --json");
  }

  @Override
  public int run(Call call) {
    List<Stops.Stop> stops = RelayFolders.stops(call).all();
    int waiting = RelayFolders.approvals(call).waiting().size();
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeArrayPropertyStart("stopped");
            for (Stops.Stop stop : stops) {
              json.writeStartObject();
              json.writeStringProperty("kind", stop.target().kind());
              json.writeStringProperty("name", stop.target().name());
              json.writeStringProperty("by", stop.by());
              json.writeStringProperty("at", stop.at());
              json.writeStringProperty("reason", stop.reason());
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberProperty("waiting", waiting);
          });
      return ExitCode.OK;
    }
    if (stops.isEmpty()) {
      CommandOutput.line(call, "nothing is stopped");
    }
    for (Stops.Stop stop : stops) {
      CommandOutput.line(
          call,
          "stopped: %s, by %s at %s%s",
          RelayFolders.shown(stop.target()),
          stop.by(),
          stop.at(),
          stop.reason().isEmpty() ? "" : ": " + stop.reason());
    }
    CommandOutput.line(call, "calls that wait for a person: %d", waiting);
    return ExitCode.OK;
  }
}
