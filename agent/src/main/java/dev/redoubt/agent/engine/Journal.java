// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.sessions.Blobs;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionLog;
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

  /// Returns the gate for what belongs to no tool.
  SessionGate gate(Doors doors, String call) {
    return gate(doors, call, "");
  }

  /// Returns the gate for what the call `call` of `tool` wants.
  SessionGate gate(Doors doors, String call, String tool) {
    return new SessionGate(doors, this, log.decisions(call), call, tool);
  }
}
