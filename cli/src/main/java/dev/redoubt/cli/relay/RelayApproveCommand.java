// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
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
        : spec.addOption(OptionSpec.builder("--all").description("Take all of them out.").build());
  }

  @Override
  public List<String> examples() {
    return approves
        ? List.of(
            "redoubt relay approve 3f1c0a9be772", "redoubt relay approve 3f1c0a9be772 --for 2m")
        : List.of("redoubt relay refuse 3f1c0a9be772", "redoubt relay refuse --all");
  }

  @Override
  public int run(Call call) {
    Optional<String> id = call.parameter(0);
    boolean all = !approves && call.has("--all");
    if (all == id.isPresent()) {
      throw new UsageException(
          approves ? "which call? redoubt relay approvals lists them" : "name an ID or --all");
    }
    ApprovalQueue queue = RelayFolders.approvals(call);
    List<ApprovalQueue.Waiting> about =
        queue.waiting().stream().filter(each -> all || each.id().equals(id.orElse(""))).toList();
    if (about.isEmpty()) {
      if (all) {
        CommandOutput.line(call, "nothing waits for an approval");
        return ExitCode.OK;
      }
      CommandOutput.note(
          call, "redoubt: no call \"%s\" waits (redoubt relay approvals)", id.orElse(""));
      return ExitCode.NO;
    }
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), ProxyRun.STREAM, call.world().clock())) {
      if (approves) {
        return approved(call, queue, about.getFirst(), evidence);
      }
      for (ApprovalQueue.Waiting each : about) {
        refused(call, queue, each, evidence);
      }
      return ExitCode.OK;
    }
  }

  private static int approved(
      Call call, ApprovalQueue queue, ApprovalQueue.Waiting about, EvidenceLog evidence) {
    Duration holds = call.text("--for").map(ExecOptions::duration).orElse(USUAL);
    String by = RelayFolders.person(call);
    if (!queue.grant(about, by, holds)) {
      CommandOutput.note(call, "redoubt: the call \"%s\" waits no more", about.id());
      return ExitCode.NO;
    }
    try {
      evidence.append(event(by, "yes", about, holds.toSeconds()));
    } catch (RuntimeException e) {
      // What is not written down is not approved.
      queue.take(about.digest());
      throw e;
    }
    CommandOutput.line(
        call,
        "%s/%s may pass once within %d s: %s",
        about.server(),
        about.tool(),
        holds.toSeconds(),
        about.arguments());
    return ExitCode.OK;
  }

  private static void refused(
      Call call, ApprovalQueue queue, ApprovalQueue.Waiting about, EvidenceLog evidence) {
    evidence.append(event(RelayFolders.person(call), "no", about, 0));
    queue.drop(about.id());
    CommandOutput.line(call, "%s/%s stays blocked", about.server(), about.tool());
  }

  private static Event event(
      String by, String answer, ApprovalQueue.Waiting about, long holdsSeconds) {
    return new Event(
        "approval",
        by,
        new Payload()
            .text("answer", answer)
            .text("digest", about.digest())
            .number("holdsSeconds", holdsSeconds)
            .text("server", about.server())
            .text("tool", about.tool())
            .object());
  }
}
