// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.sessions.Transcript.Spent;

/// How a session is worked on.
///
/// @param instructions the system prompt
/// @param answers how the model is to answer
/// @param run limits of one prompt
/// @param session limits of the whole session
/// @param day limits of this day, with what is spent on it elsewhere
/// @param patience how long a failing provider is waited for
public record EngineSettings(
    String instructions,
    ModelRequest.Settings answers,
    Budget run,
    Budget session,
    Day day,
    Patience patience) {

  public EngineSettings {
    requireNonNull(instructions, "instructions");
    requireNonNull(answers, "answers");
    requireNonNull(run, "run");
    requireNonNull(session, "session");
    requireNonNull(day, "day");
    requireNonNull(patience, "patience");
  }

  boolean limitsMoney() {
    return run.cost().isPresent() || session.cost().isPresent() || day.budget().cost().isPresent();
  }

  /// The limits of a day.
  ///
  /// @param elsewhere what was spent on it by others, and by the session before this engine
  public record Day(Budget budget, Elsewhere elsewhere) {
    /// No limit.
    public static final Day UNLIMITED = new Day(Budget.UNLIMITED, () -> Spent.NOTHING);

    public Day {
      requireNonNull(budget, "budget");
      requireNonNull(elsewhere, "elsewhere");
    }
  }

  /// Looks up what counts for a day besides the work of an engine. Asked before each request, while
  /// others may be at work.
  public interface Elsewhere {

    /// Returns what was spent until now.
    ///
    /// @throws dev.redoubt.model.RedoubtException if that cannot be known
    Spent spent();
  }
}
