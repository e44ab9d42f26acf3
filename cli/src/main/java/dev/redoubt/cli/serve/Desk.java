// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.records.ActionDigest;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.mcp.server.ServerAnswer;
import dev.redoubt.mcp.server.ServerCall;
import dev.redoubt.mcp.server.ServerCode;
import dev.redoubt.mcp.server.Tree;
import dev.redoubt.model.RedoubtException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Takes calls of tools one after the other: each is compared with its schema, judged by the guard
/// with the rules as they are now, written to the evidence, and only then done.
///
/// That the operator started the server is the yes to questions about its tools; a deny stays a
/// deny.
final class Desk {

  /// What the server is called in rules: `tool:redoubt/scan`.
  static final String SERVER = "redoubt";

  private final Call call;
  private final ServeOptions options;
  private final EvidenceDecisionLog log;
  private final ReentrantLock turn = new ReentrantLock(true);

  Desk(Call call, ServeOptions options, EvidenceDecisionLog log) {
    this.call = requireNonNull(call, "call");
    this.options = requireNonNull(options, "options");
    this.log = requireNonNull(log, "log");
  }

  EvidenceDecisionLog log() {
    return log;
  }

  /// Does the work of a tool that was judged.
  interface Work {
    ServerAnswer answer(Node arguments) throws InterruptedException;
  }

  /// Returns the code of a tool.
  ///
  /// @param schema what its arguments look like
  ServerCode attended(String tool, Node schema, Work work) {
    return served -> answer(tool, schema, served, work);
  }

  private ServerAnswer answer(String tool, Node schema, ServerCall served, Work work)
      throws InterruptedException {
    /* What is only asked about is not done, so it is not judged here, and stays in the evidence as
    its digest. */
    Node judged =
        tool.equals("explain")
            ? new Tree()
                .and(
                    "digest",
                    ActionDigest.of(new Action.CallTool(SERVER, tool, served.arguments())))
                .object()
            : served.arguments();
    Optional<String> mistake = Arguments.mistake(schema, served.arguments());
    if (mistake.isPresent()) {
      return ServerAnswer.failed(mistake.get());
    }
    turn.lockInterruptibly();
    try {
      Gate gate =
          new Gate(
              List.of(GuardEngine.inFront(call, options.workspace(), Wall.NONE).guard()),
              (_, _) -> Approver.Answer.YES,
              log);
      return switch (gate.judge(new Action.CallTool(SERVER, tool, judged))) {
        case Verdict.Refused(String _, Decision decision) ->
            ServerAnswer.failed("refused by %s: %s".formatted(decision.rule(), decision.reason()));
        case Verdict.Permitted _ -> work.answer(served.arguments());
      };
    } catch (RedoubtException e) {
      return ServerAnswer.failed(CommandOutput.plain(String.valueOf(e.getMessage())));
    } finally {
      turn.unlock();
    }
  }
}
