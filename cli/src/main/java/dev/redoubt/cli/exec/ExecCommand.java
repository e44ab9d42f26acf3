// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.sandbox.Outcome;
import java.util.List;
import java.util.Map;
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
    ExecRun exec = new ExecRun(call, options);
    Action.Run run =
        new Action.Run(
            new Program.Argv(options.argv()), options.folder(), Map.of(), Action.Input.OPEN);
    long start = System.nanoTime();
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), STREAM, call.world().clock())) {
      Outcome outcome = exec.perform(run, new EvidenceDecisionLog(evidence, STREAM));
      long millis = (System.nanoTime() - start) / 1_000_000;
      ExecReport report = ExecReport.of(outcome, exec.place(outcome, millis));
      evidence.append(report.event(run));
      report.tell(call);
      options.report().ifPresent(report::write);
      return report.exitCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CommandOutput.note(call, "redoubt: cancelled");
      return ExitCode.CANCELLED;
    }
  }
}
