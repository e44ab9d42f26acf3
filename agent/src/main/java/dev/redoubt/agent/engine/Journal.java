// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.agent.sessions.Blobs;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Gate;
import java.util.function.Consumer;

/// Writes what happens: first to the log of the session, then to whoever watches. Safe to share.
final class Journal {

  private final SessionLog log;
  private final Consumer<AgentEvent> watcher;

  Journal(SessionLog log, Consumer<AgentEvent> watcher) {
    this.log = requireNonNull(log, "log");
    this.watcher = requireNonNull(watcher, "watcher");
  }

  /// @throws dev.redoubt.model.RedoubtException if it could not be written; what it announces is
  ///   then not done
  void write(AgentEvent event) {
    log.append(event);
    show(event);
  }

  /// Shows `event` to whoever watches without writing it.
  synchronized void show(AgentEvent event) {
    watcher.accept(event);
  }

  SessionId id() {
    return log.id();
  }

  Blobs blobs() {
    return log.blobs();
  }

  /// Returns the id of the session.
  String session() {
    return log.id().text();
  }

  /// Returns the gate for what belongs to no tool: it writes each decision, and each answer of a
  /// person, before it gives it.
  Gate gate(Doors doors, String call) {
    return gate(doors, call, "");
  }

  /// Returns the same for what the call `call` of `tool` wants.
  Gate gate(Doors doors, String call, String tool) {
    var decisions = log.decisions(call);
    HookRunner hooks = new HookRunner(doors, this);
    Approver approver =
        (action, question) -> {
          String kind = ActionText.kind(action);
          HookRunner.Said said =
              hooks.at(
                  new HookRunner.About(Moment.ON_ASK, call, tool, kind),
                  new Payload()
                      .text("call", call)
                      .text("tool", tool)
                      .text("action", kind)
                      .text("about", ActionText.of(action))
                      .text("rule", question.rule())
                      .text("reason", question.reason()));
          Approver.Answer answer =
              said.denial().isPresent()
                  ? Approver.Answer.NO
                  : said.allowed()
                      ? Approver.Answer.YES
                      : doors.approver().approves(action, question);
          write(
              new AgentEvent.Approved(
                  call, question.rule(), answer == Approver.Answer.YES ? "yes" : "no"));
          return answer;
        };
    return new Gate(
        doors.guards(),
        approver,
        (action, guard, decision) -> {
          decisions.record(action, guard, decision);
          show(
              new AgentEvent.Decided(
                  call, ActionText.kind(action), ActionText.of(action), guard, decision));
        });
  }
}
