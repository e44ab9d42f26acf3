// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.exec.ExecOptions;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.relay.approvals.ApprovalQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt relay approve` and `refuse`: lets a call that was blocked pass once, or takes it out of
/// the queue.
public final class RelayApproveCommand implements Command {

  private static final Duration USUAL = Duration.ofMinutes(15);

  private final boolean approves;

  private RelayApproveCommand(boolean approves) {
    this.approves = approves;
  }

  /// Returns the command that lets a call pass once.
  public static RelayApproveCommand approving() {
    return new RelayApproveCommand(true);
  }

  /// Returns the command that takes a call out of the queue.
  public static RelayApproveCommand refusing() {
    return new RelayApproveCommand(false);
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = RelayFolders.withId(CommandSpec.create());
    return approves
        ? spec.addOption(
            OptionSpec.builder("--for")
                .paramLabel("TIME")
                .type(String.class)
                .description("How long the yes holds: 90s, 10m or 2h; 15 minutes.")
                .build())
        : spec;
  }

  @Override
  public List<String> examples() {
    return approves
        ? List.of(
            "redoubt relay approve 3f1c0a9be772", "redoubt relay approve 3f1c0a9be772 --for 2m")
        : List.of("redoubt relay refuse 3f1c0a9be772", "redoubt relay refuse 0a9be7723f1c");
  }

  @Override
  public int run(Call call) {
    String id = call.parameter(0).orElse("");
    ApprovalQueue queue = RelayFolders.approvals(call);
    String by = RelayFolders.person(call);
    Duration holds = approves ? call.text("--for").map(ExecOptions::duration).orElse(USUAL) : USUAL;
    Optional<ApprovalQueue.Waiting> about =
        queue.waiting().stream().filter(each -> each.id().equals(id)).findFirst();
    if (about.isEmpty()) {
      CommandOutput.note(call, "redoubt: no call \"%s\" waits (redoubt relay approvals)", id);
      return ExitCode.NO;
    }
    // What is not written down is not approved.
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), ProxyRun.STREAM, call.world().clock())) {
      evidence.append(
          new Event(
              "approval",
              by,
              new Payload()
                  .text("answer", approves ? "yes" : "no")
                  .text("digest", about.get().digest())
                  .number("holdsSeconds", holds.toSeconds())
                  .text("server", about.get().server())
                  .text("tool", about.get().tool())
                  .object()));
    }
    if (approves) {
      if (!queue.grant(about.get(), by, holds)) {
        CommandOutput.note(call, "redoubt: the call \"%s\" waits no more", id);
        return ExitCode.NO;
      }
      CommandOutput.line(
          call,
          "%s/%s may pass once within %d s: %s",
          about.get().server(),
          about.get().tool(),
          holds.toSeconds(),
          about.get().arguments());
    } else {
      queue.drop(id);
      CommandOutput.line(call, "%s/%s stays blocked", about.get().server(), about.get().tool());
    }
    return ExitCode.OK;
  }
}
