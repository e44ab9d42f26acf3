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
  private Spent run = Spent.NOTHING;

  /// @param session what the session has used before this prompt
  Meter(EngineSettings settings, Spent session) {
    this.settings = settings;
    this.session = session;
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
                .reached(settings.day().before().plus(run), "the work of this day"));
  }

  /// Returns the most tokens the next answer may have.
  int mostOutput() {
    long most = settings.answers().maxOutputTokens();
    if (settings.run().tokens().isPresent()) {
      long used = run.usage().input() + run.usage().output();
      most = Math.min(most, settings.run().tokens().getAsLong() - used);
    }
    return (int) Math.max(1, most);
  }
}
