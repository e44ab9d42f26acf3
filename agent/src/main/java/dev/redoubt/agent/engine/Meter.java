// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.agent.sessions.Transcript.Spent;
import java.util.Optional;

/// Counts what one prompt uses, and says when a limit is reached. For one thread.
final class Meter {

  private final EngineSettings settings;
  private final Spent session;
  private final Spent here;
  private Spent run = Spent.NOTHING;

  /// @param session what the session has used before this prompt
  /// @param here what this engine has used of it, which is not in what others used on the day
  Meter(EngineSettings settings, Spent session, Spent here) {
    this.settings = settings;
    this.session = session;
    this.here = here;
  }

  void count(int turns, Usage usage, Optional<Cost> cost) {
    run = run.plus(turns, usage, cost);
  }

  Spent run() {
    return run;
  }

  Spent session() {
    return session.plus(run);
  }

  Optional<String> reached() {
    return settings
        .run()
        .reached(run, "this run")
        .or(() -> settings.session().reached(session(), "this session"))
        .or(() ->
            settings
                .day()
                .budget()
                .reached(settings.day().before().plus(here).plus(run), "the work of this day"));
  }

  /// Returns the most tokens the next answer may have.
  int mostOutput() {
    long most =
        Math.min(
            Math.min(left(settings.run(), run), left(settings.session(), session())),
            left(settings.day().budget(), settings.day().before().plus(here).plus(run)));
    return Math.clamp(most, 1, settings.answers().maxOutputTokens());
  }

  private static long left(Budget budget, Spent spent) {
    return budget.tokens().isEmpty()
        ? Long.MAX_VALUE
        : budget.tokens().getAsLong() - spent.usage().input() - spent.usage().output();
  }
}
