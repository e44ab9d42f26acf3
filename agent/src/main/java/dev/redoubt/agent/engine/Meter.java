// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.agent.sessions.Transcript.Spent;
import dev.redoubt.model.RedoubtException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts what one prompt uses, and says when a limit is reached. What sub-agents use counts for
/// the prompt on which they work, too. Safe to share.
final class Meter {

  private final EngineSettings settings;
  private final Before before;
  private final @Nullable Meter above;
  private Spent run = Spent.NOTHING;
  private volatile Spent elsewhere = Spent.NOTHING;

  /// What was used before this prompt.
  ///
  /// @param session by the session
  /// @param here by this engine, which is not in what is spent elsewhere on the day
  record Before(Spent session, Spent here) {}

  /// @param above counts for the agent whose sub-agent this is
  Meter(EngineSettings settings, Before before, @Nullable Meter above) {
    this.settings = settings;
    this.before = before;
    this.above = above;
  }

  void count(int turns, Usage usage, Optional<Cost> cost) {
    synchronized (this) {
      run = run.plus(turns, usage, cost);
    }
    if (above != null) {
      above.count(0, usage, cost);
    }
  }

  synchronized Spent run() {
    return run;
  }

  Spent session() {
    return before.session().plus(run());
  }

  private Spent day(Spent elsewhere) {
    return elsewhere.plus(before.here()).plus(run());
  }

  /* What others spend is looked up once before each request. A limit that cannot be known counts
  as reached. */
  private Optional<String> dayReached(Budget budget) {
    if (budget.equals(Budget.UNLIMITED)) {
      return Optional.empty();
    }
    try {
      elsewhere = settings.day().elsewhere().spent();
    } catch (RedoubtException e) {
      return Optional.of("the limit of this day cannot be kept: " + RedoubtException.reason(e));
    }
    return budget.reached(day(elsewhere), "the work of this day");
  }

  Optional<String> reached() {
    return settings
        .run()
        .reached(run(), "this run")
        .or(() -> settings.session().reached(session(), "this session"))
        .or(() -> dayReached(settings.day().budget()))
        .or(() -> above == null ? Optional.empty() : above.reachedByAll());
  }

  /* How often the agent above may answer is its own affair. */
  private Optional<String> reachedByAll() {
    return settings
        .run()
        .withoutTurns()
        .reached(run(), "this run with its sub-agents")
        .or(() -> settings.session().withoutTurns().reached(session(), "this session"))
        .or(() -> dayReached(settings.day().budget().withoutTurns()))
        .or(() -> above == null ? Optional.empty() : above.reachedByAll());
  }

  boolean limitsMoney() {
    return settings.limitsMoney() || (above != null && above.limitsMoney());
  }

  /// Returns the most tokens the next answer may have.
  int mostOutput() {
    return Math.clamp(left(), 1, settings.answers().maxOutputTokens());
  }

  private long left() {
    long own =
        Math.min(
            Math.min(left(settings.run(), run()), left(settings.session(), session())),
            left(settings.day().budget(), day(elsewhere)));
    return above == null ? own : Math.min(own, above.left());
  }

  private static long left(Budget budget, Spent spent) {
    return budget.tokens().isEmpty()
        ? Long.MAX_VALUE
        : budget.tokens().getAsLong() - spent.usage().input() - spent.usage().output();
  }
}
