// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.exec.CapturedExec;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.mcp.server.ServerAnswer;
import dev.redoubt.mcp.server.Tree;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import java.time.Duration;
import java.util.Map;

/// The tool that runs a command, which is there only when the operator exposed it: through the same
/// gate, into the same sandbox and undone the same way as `redoubt exec`.
final class RunTool {

  private static final int USUAL_SECONDS = 120;

  private final Call call;
  private final ServeOptions options;
  private final EvidenceDecisionLog log;

  RunTool(Call call, ServeOptions options, EvidenceDecisionLog log) {
    this.call = requireNonNull(call, "call");
    this.options = requireNonNull(options, "options");
    this.log = requireNonNull(log, "log");
  }

  /// Returns what came of a command.
  ServerAnswer run(Node arguments) throws InterruptedException {
    Action.Run run =
        new Action.Run(
            new Program.Line(Program.Shell.BASH, Arguments.text(arguments, "command").orElse("")),
            options.workspace(),
            Map.of(),
            Action.Input.NOTHING);
    Duration allowed =
        Duration.ofSeconds(Arguments.number(arguments, "timeout_seconds", USUAL_SECONDS));
    return switch (new CapturedExec(call, options.workspace(), options.approval(), allowed)
        .perform(run, log)) {
      case Outcome.Ran(Ended ended) -> ran(ended);
      case Outcome.RefusedByGuard(String _, Decision decision) ->
          ServerAnswer.failed("refused by %s: %s".formatted(decision.rule(), decision.reason()));
      case Outcome.RefusedByWall(String reason, String _) ->
          ServerAnswer.failed("refused by the sandbox: " + reason);
      case Outcome.NotStarted(String reason, String _) ->
          ServerAnswer.failed("could not be started: " + reason);
      case Outcome.Failed(String reason) -> ServerAnswer.failed(reason);
      case Outcome.Runs _,
          Outcome.ReadFile _,
          Outcome.Changed _,
          Outcome.Listed _,
          Outcome.Found _,
          Outcome.Connected _,
          Outcome.Fetched _,
          Outcome.Called _ ->
          throw new IllegalStateException("no outcome of a command");
    };
  }

  private static ServerAnswer ran(Ended ended) {
    Tree result = new Tree();
    switch (ended.ending()) {
      case Ending.Exited(int code) -> result.and("exitCode", code);
      case Ending.Signalled(int number) -> result.and("signal", number);
      case Ending.TimedOut(Duration allowed) ->
          result.and("timedOutAfterSeconds", allowed.toSeconds());
      case Ending.Cut(String reason) -> result.and("cut", reason);
    }
    return ServedTools.structured(
        result.and("stdout", ended.output().toString()).and("stderr", ended.errors().toString()));
  }
}
