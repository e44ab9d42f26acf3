// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/// What came of asking a model.
public sealed interface ModelAnswer {

  /// It answered to the end.
  ///
  /// @param model the name the provider says answered; the one that was asked when it says none
  record Replied(Message.FromModel message, Stop stop, Usage usage, String model)
      implements ModelAnswer {
    public Replied {
      requireNonNull(message, "message");
      requireNonNull(stop, "stop");
      requireNonNull(usage, "usage");
      requireNonNull(model, "model");
    }
  }

  /// It did not.
  ///
  /// @param message in one sentence for a person, with what the provider said, without secrets
  /// @param retryAfter how long the provider asks to wait
  /// @param usage what it counted all the same
  record Failed(Failure failure, String message, Optional<Duration> retryAfter, Usage usage)
      implements ModelAnswer {
    public Failed {
      requireNonNull(failure, "failure");
      requireNonNull(message, "message");
      requireNonNull(retryAfter, "retryAfter");
      requireNonNull(usage, "usage");
    }
  }

  /// Why a model stopped.
  enum Stop {
    /// It was done.
    END,
    /// It waits for the results of its calls.
    CALLS,
    /// It reached the most tokens of an answer.
    LENGTH,
    /// The provider held the answer back.
    FILTERED
  }

  /// Why there is no answer.
  enum Failure {
    /// Too many requests in too short a time.
    RATE_LIMIT,
    /// The provider has no room now, or an error of its own.
    OVERLOADED,
    /// The account has no money left.
    QUOTA,
    /// The key is missing, wrong or may not use this model.
    CREDENTIALS,
    /// The conversation does not fit into the model.
    TOO_LONG,
    /// The provider does not understand or accept the request; the same one fails again.
    REQUEST,
    /// No connection, or it was cut before the answer was complete.
    CONNECTION,
    /// The answer is not what the wire format says.
    MALFORMED,
    /// The guard or the network rules do not let the provider be reached.
    REFUSED
  }
}
