// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.sessions.SessionReader.Recorded;
import dev.redoubt.agent.sessions.Transcript.Spent;
import dev.redoubt.model.RedoubtException;
import java.time.Instant;
import java.util.List;

/// Counts what all sessions together have used since a moment.
public final class DaySpending {

  private DaySpending() {}

  /// Returns what was used since `start`. What a fork took over from another session was used
  /// there, and counts once.
  ///
  /// @throws RedoubtException UNREADABLE if a session that was worked on since cannot be read: a
  ///   limit that cannot be known is not kept by guessing
  public static Spent since(SessionFolder sessions, Instant start) {
    Spent spent = Spent.NOTHING;
    for (SessionSummary summary : SessionIndex.of(sessions)) {
      if (!summary.time().last().isBefore(start)) {
        spent = spent.plus(of(sessions, SessionReader.read(sessions, summary.id()), start));
      }
    }
    return spent;
  }

  private static Spent of(SessionFolder sessions, List<Recorded> events, Instant start) {
    Spent spent = Spent.NOTHING;
    int copied = copied(sessions, events);
    for (Recorded recorded : events.subList(Math.min(copied, events.size()), events.size())) {
      if (!recorded.time().isBefore(start)) {
        if (recorded.event()
            instanceof AgentEvent.Answered(var _, var _, var usage, var cost, var _)) {
          spent = spent.plus(1, usage, cost);
        } else if (recorded.event()
            instanceof AgentEvent.Unanswered(var _, var _, var usage, var cost, var _)) {
          spent = spent.plus(0, usage, cost);
        }
      }
    }
    return spent;
  }

  private static int copied(SessionFolder sessions, List<Recorded> events) {
    if (events.isEmpty()
        || !(events.getFirst().event()
            instanceof AgentEvent.Forked(String from, long last, String _))) {
      return 0;
    }
    SessionId source = new SessionId(from);
    if (!sessions.has(source)) {
      return 0;
    }
    long taken =
        SessionReader.read(sessions, source).stream().filter(it -> it.seq() <= last).count();
    return 1 + (int) taken;
  }
}
