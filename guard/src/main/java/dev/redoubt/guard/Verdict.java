// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static java.util.Objects.requireNonNull;

/// What came of asking the [Gate].
public sealed interface Verdict {

  /// It may be performed.
  record Permitted(Permit permit) implements Verdict {
    public Permitted {
      requireNonNull(permit, "permit");
    }
  }

  /// It may not.
  ///
  /// @param guard which guard was the strictest
  /// @param decision what it said: a deny, or an ask that nobody said yes to
  record Refused(String guard, Decision decision) implements Verdict {
    public Refused {
      requireNonNull(guard, "guard");
      requireNonNull(decision, "decision");
    }
  }
}
