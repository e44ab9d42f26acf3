// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.sessions.Blobs;
import dev.redoubt.agent.sessions.SessionLog;
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

  Blobs blobs() {
    return log.blobs();
  }

  /// Returns the gate for what the call `call` wants: it writes each decision, and each answer of a
  /// person, before it gives it.
  Gate gate(Doors doors, String call) {
    var decisions = log.decisions(call);
    Approver approver =
        (action, question) -> {
          Approver.Answer answer = doors.approver().approves(action, question);
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
