// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.relay.stops.Stops;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt relay stop`: nothing passes any more, from the next message on.
public final class RelayStopCommand implements Command {

  @Override
  public CommandSpec spec() {
    return RelayFolders.withTarget(CommandSpec.create())
        .addOption(
            OptionSpec.builder("--reason")
                .paramLabel("TEXT")
                .type(String.class)
                .description("Why, for whoever looks at it later.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt relay stop --server files --reason 'looks compromised'",
        "redoubt relay stop --all");
  }

  @Override
  public int run(Call call) {
    Stops.Target target = RelayFolders.target(call);
    String reason = call.text("--reason").orElse("");
    String by = RelayFolders.person(call);
    RelayFolders.stops(call).stop(target, reason, by);
    // Stopping comes first: it must work on a full disk as long as it can.
    record(call, "stop", target, reason);
    CommandOutput.line(call, "stopped: %s", RelayFolders.shown(target));
    return ExitCode.OK;
  }

  /// Writes down who stopped or lifted what.
  static void record(Call call, String what, Stops.Target target, String reason) {
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), ProxyRun.STREAM, call.world().clock())) {
      evidence.append(
          new Event(
              what,
              RelayFolders.person(call),
              new Payload()
                  .text("reason", reason)
                  .text("target", RelayFolders.shown(target))
                  .object()));
    }
  }
}
