// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.extensions.Extensions;
import dev.redoubt.evidence.EvidenceLog;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt run`: has the agent do one thing, without a screen.
public final class RunCommand implements Command {

  @Override
  public CommandSpec spec() {
    return RunOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt run \"make the failing test pass\" --model acme/large --verify 'npm test'",
        "redoubt run - --continue --json < prompt.txt",
        "redoubt run \"say what this does\" --provider-url http://127.0.0.1:8080/v1 --model m");
  }

  /// Returns the options of the same for a session that is named first.
  public static CommandSpec resumeSpec() {
    return RunOptions.resumeSpec();
  }

  /// Goes on with the session that is named first and returns the exit code.
  public static int resume(Call call) {
    return run(call, RunOptions.resuming(call));
  }

  @Override
  public int run(Call call) {
    return run(call, RunOptions.of(call));
  }

  private static int run(Call call, RunOptions options) {
    // Before anything else is asked for: what is to be gone on with has to be there.
    SessionId session = options.session().in(call, options.workspace());
    Premises premises = new Premises(call, options.workspace());
    try {
      Extensions extensions = Extensions.of(call, options.workspace(), premises.guard().guard());
      Mode mode = Mode.of(call, extensions);
      Means means = Means.of(call, mode, options.budget());
      EvidenceLog.warmUp();
      return new AgentRun(
              call, options, session, new AgentRun.Parts(premises, extensions, mode, means))
          .run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }
}
