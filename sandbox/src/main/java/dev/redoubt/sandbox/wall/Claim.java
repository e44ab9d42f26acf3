// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import static java.util.Objects.requireNonNull;

/// What a backend says about one way out.
public sealed interface Claim {

  /// It is closed.
  record Blocked() implements Claim {}

  /// It is open up to a limit.
  ///
  /// @param limit the limit in words
  record Bounded(String limit) implements Claim {
    public Bounded {
      requireNonNull(limit, "limit");
    }
  }

  /// It is open, which is known and in the threat model.
  ///
  /// @param reason why, in one sentence
  record Gap(String reason) implements Claim {
    public Gap {
      requireNonNull(reason, "reason");
    }
  }

  /// The backend is not made to close it.
  ///
  /// @param reason why, in one sentence
  record NotClaimed(String reason) implements Claim {
    public NotClaimed {
      requireNonNull(reason, "reason");
    }
  }
}
