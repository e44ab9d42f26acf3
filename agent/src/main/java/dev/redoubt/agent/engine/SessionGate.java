// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver.Answer;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Verdict;
import java.util.concurrent.atomic.AtomicReference;

/// The gate of a session: writes each decision, and each answer of a person, before it gives it. A
/// question goes to the hooks first; the no of one is what is told, with its reason, in place of
/// the question. Safe to share.
final class SessionGate {

  private final Doors doors;
  private final Journal journal;
  private final DecisionLog decisions;
  private final String call;
  private final String tool;

  /// @param decisions where decisions about the call `call` of `tool` are written
  SessionGate(Doors doors, Journal journal, DecisionLog decisions, String call, String tool) {
    this.doors = requireNonNull(doors, "doors");
    this.journal = requireNonNull(journal, "journal");
    this.decisions = requireNonNull(decisions, "decisions");
    this.call = requireNonNull(call, "call");
    this.tool = requireNonNull(tool, "tool");
  }

  /// Returns what came of asking about `action`.
  ///
  /// @throws InterruptedException if nobody can answer any more
  Verdict judge(Action action) throws InterruptedException {
    AtomicReference<Decision> no = new AtomicReference<>();
    Gate gate =
        new Gate(
            doors.guards(),
            (about, question) -> answer(about, question, no),
            (about, guard, decision) -> {
              decisions.record(about, guard, decision);
              journal.show(
                  new AgentEvent.Decided(
                      call, ActionText.kind(about), ActionText.of(about), guard, decision));
            });
    Verdict verdict = gate.judge(action);
    Decision said = no.get();
    return verdict instanceof Verdict.Refused && said != null
        ? new Verdict.Refused("hooks", said)
        : verdict;
  }

  private Answer answer(Action action, Decision.Ask question, AtomicReference<Decision> no)
      throws InterruptedException {
    String kind = ActionText.kind(action);
    HookRunner.Said said =
        new HookRunner(doors, journal)
            .at(
                new HookRunner.About(Moment.ON_ASK, call, tool, kind),
                new Payload()
                    .text("call", call)
                    .text("tool", tool)
                    .text("action", kind)
                    .text("about", ActionText.of(action))
                    .text("rule", question.rule())
                    .text("reason", question.reason()));
    said.denial().ifPresent(no::set);
    Answer answer =
        said.denial().isPresent()
            ? Answer.NO
            : said.allowed() ? Answer.YES : doors.approver().approves(action, question);
    journal.write(
        new AgentEvent.Approved(call, question.rule(), answer == Answer.YES ? "yes" : "no"));
    return answer;
  }
}
