// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.sessions.Transcript;
import dev.redoubt.guard.Decision;

/// Counts what was decided about the actions of a run, and what it used. That the model may be
/// asked is not counted while it is allowed.
final class RunTally {

  private int allow;
  private int ask;
  private int deny;
  private int turns;
  private Transcript.Spent spent = Transcript.Spent.NOTHING;

  synchronized void take(AgentEvent event) {
    if (event instanceof AgentEvent.Decided decided) {
      switch (decided.decision()) {
        case Decision.Allow _ -> allow += decided.action().equals("send-to-model") ? 0 : 1;
        case Decision.Ask _ -> ask++;
        case Decision.Deny _ -> deny++;
      }
    } else if (event instanceof AgentEvent.Answered answered) {
      turns++;
      spent = spent.plus(1, answered.usage(), answered.cost());
    } else if (event instanceof AgentEvent.Unanswered unanswered) {
      spent = spent.plus(0, unanswered.usage(), unanswered.cost());
    } else if (event instanceof AgentEvent.Titled titled) {
      spent = spent.plus(0, titled.usage(), titled.cost());
    }
  }

  Transcript.Spent spent() {
    return spent;
  }

  int allow() {
    return allow;
  }

  int ask() {
    return ask;
  }

  int deny() {
    return deny;
  }

  int turns() {
    return turns;
  }
}
