// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Cancellation;
import dev.redoubt.cli.Command;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.sandbox.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt exec`: performs one command through the gate and inside a sandbox.
///
/// The output of the command is its own, untouched, and so is its exit code once it ran.
public final class ExecCommand implements Command {

  private static final String STREAM = "exec";

  @Override
  public CommandSpec spec() {
    return ExecOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt exec -- git status",
        "redoubt exec --sandbox bubblewrap --approval workspace -- make test",
        "redoubt exec --sandbox auto --allow 'net:repo.example:443' -- curl https://repo.example/");
  }

  @Override
  public int run(Call call) {
    ExecOptions options = ExecOptions.of(call);
    try (Cancellation cancellation = new Cancellation()) {
      return run(call, options, new ExecRun(call, options, cancellation));
    }
  }

  private static int run(Call call, ExecOptions options, ExecRun exec) {
    Action.Run run =
        new Action.Run(
            new Program.Argv(options.argv()), options.folder(), Map.of(), Action.Input.OPEN);
    long start = System.nanoTime();
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), STREAM, call.world().clock())) {
      Optional<Outcome> outcome = outcome(exec, run, new EvidenceDecisionLog(evidence, STREAM));
      long millis = (System.nanoTime() - start) / 1_000_000;
      ExecReport.Place place = exec.place(outcome, millis);
      ExecReport report =
          outcome.map(came -> ExecReport.of(came, place)).orElse(ExecReport.cancelled(place));
      evidence.append(report.event(run));
      report.tell(call);
      options.report().ifPresent(report::write);
      return report.exitCode();
    }
  }

  /* Empty when it was cancelled before it was over. */
  private static Optional<Outcome> outcome(ExecRun exec, Action.Run run, EvidenceDecisionLog log) {
    try {
      return Optional.of(exec.perform(run, log));
    } catch (InterruptedException e) {
      // The last thing this thread does is to write down that it was cancelled.
      return Optional.empty();
    }
  }
}
