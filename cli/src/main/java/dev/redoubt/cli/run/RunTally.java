// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.guard.Decision;

/// Counts what was decided about the actions of a run. That the model may be asked is not counted
/// while it is allowed.
final class RunTally {

  private int allow;
  private int ask;
  private int deny;
  private int turns;

  synchronized void take(AgentEvent event) {
    if (event instanceof AgentEvent.Decided decided) {
      switch (decided.decision()) {
        case Decision.Allow _ -> allow += decided.action().equals("send-to-model") ? 0 : 1;
        case Decision.Ask _ -> ask++;
        case Decision.Deny _ -> deny++;
      }
    } else if (event instanceof AgentEvent.Answered) {
      turns++;
    }
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
