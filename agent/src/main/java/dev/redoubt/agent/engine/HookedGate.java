// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Verdict;
import java.util.function.Consumer;

/// Judges what a session does for itself, and no tool wants: first the hooks that are asked about
/// actions of its kind, then the guard. Safe to share.
public final class HookedGate {

  private final Doors doors;
  private final Journal journal;

  /// @param log where everything is written; stays the caller's to close
  /// @param watcher sees every event after it was written
  public HookedGate(Doors doors, SessionLog log, Consumer<AgentEvent> watcher) {
    this.doors = requireNonNull(doors, "doors");
    this.journal = new Journal(log, watcher);
  }

  /// Returns what came of asking about `action`.
  ///
  /// @throws dev.redoubt.model.RedoubtException UNWRITABLE if the log cannot be written
  public Verdict judge(Action action) throws InterruptedException {
    String kind = ActionText.kind(action);
    HookRunner.Said said =
        new HookRunner(doors, journal)
            .at(
                new HookRunner.About(Moment.PRE_TOOL, "", "", kind),
                new Payload()
                    .text("call", "")
                    .text("tool", "")
                    .text("action", kind)
                    .text("about", ActionText.of(action)));
    return said.denial().isPresent()
        ? new Verdict.Refused("hooks", said.denial().get())
        : journal.gate(doors, "").judge(action);
  }
}
