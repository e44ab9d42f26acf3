// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.engine.EngineSettings;
import dev.redoubt.agent.sessions.DaySpending;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.Transcript.Spent;
import dev.redoubt.model.RedoubtException;
import org.jspecify.annotations.Nullable;

/// What is spent on a day besides what an engine that is opened now will spend: by this session
/// until now, and by all others at any time. Safe to share.
final class DayBefore implements EngineSettings.Elsewhere {

  private final DaySpending spending;
  private final SessionId session;
  private @Nullable Spent own;

  DayBefore(DaySpending spending, SessionId session) {
    this.spending = requireNonNull(spending, "spending");
    this.session = requireNonNull(session, "session");
    try {
      own = spending.of(session);
    } catch (RedoubtException e) {
      // Whoever asks what was spent is told then.
      own = null;
    }
  }

  @Override
  public synchronized Spent spent() {
    Spent before = own;
    if (before == null) {
      before = spending.of(session);
      own = before;
    }
    return before.plus(spending.besides(session));
  }
}
