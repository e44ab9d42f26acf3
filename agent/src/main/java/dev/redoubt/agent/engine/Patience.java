// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.ModelAnswer;
import java.time.Duration;
import java.util.Optional;

/// How long a provider that fails is waited for.
///
/// @param attempts how often it is asked in all
/// @param first the first wait; each further one is twice as long
/// @param longest no wait is longer, and a provider that asks for more is given up
/// @param sleeper lets the time pass
public record Patience(int attempts, Duration first, Duration longest, Sleeper sleeper) {

  public Patience {
    requireNonNull(first, "first");
    requireNonNull(longest, "longest");
    requireNonNull(sleeper, "sleeper");
    if (attempts < 1) {
      throw new IllegalArgumentException("a model is asked at least once");
    }
  }

  /// Returns the usual patience: five times, waiting one second and then ever longer, at most one
  /// minute.
  public static Patience usual(Sleeper sleeper) {
    return new Patience(5, Duration.ofSeconds(1), Duration.ofMinutes(1), sleeper);
  }

  /// Returns how long to wait before the model is asked again; empty when it is not.
  ///
  /// @param attempt which attempt failed, counted from 1
  Optional<Duration> after(ModelAnswer.Failed failed, int attempt) {
    if (attempt >= attempts || !passes(failed.failure())) {
      return Optional.empty();
    }
    Duration usual = first.multipliedBy(1L << Math.min(20, attempt - 1));
    Duration wait = failed.retryAfter().orElse(usual.compareTo(longest) > 0 ? longest : usual);
    return wait.compareTo(longest) > 0 ? Optional.empty() : Optional.of(wait);
  }

  private static boolean passes(ModelAnswer.Failure failure) {
    return switch (failure) {
      case RATE_LIMIT, OVERLOADED, CONNECTION, MALFORMED -> true;
      case QUOTA, CREDENTIALS, TOO_LONG, REQUEST, REFUSED -> false;
    };
  }
}
