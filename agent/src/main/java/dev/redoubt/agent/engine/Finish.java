// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;

/// How the work on a prompt ended.
///
/// @param event as it stands in the log
/// @param cause what ended it
public record Finish(AgentEvent.Ended event, Cause cause) {

  public Finish {
    requireNonNull(event, "event");
    requireNonNull(cause, "cause");
  }

  /// What ended it.
  public enum Cause {
    /// The model finished.
    DONE(AgentEvent.Status.DONE),
    /// What was asked for was not achieved.
    NOT_ACHIEVED(AgentEvent.Status.FAILED),
    /// A limit was reached.
    BUDGET(AgentEvent.Status.BUDGET),
    /// A question of the guard that nobody answered.
    UNANSWERED(AgentEvent.Status.REFUSED),
    /// The guard denied it.
    DENIED(AgentEvent.Status.REFUSED),
    /// Somebody ended it.
    CANCELLED(AgentEvent.Status.CANCELLED),
    /// The provider failed.
    UPSTREAM(AgentEvent.Status.ERROR);

    private final AgentEvent.Status status;

    Cause(AgentEvent.Status status) {
      this.status = status;
    }

    AgentEvent.Status status() {
      return status;
    }
  }
}
