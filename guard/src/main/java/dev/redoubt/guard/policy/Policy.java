// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What one policy file says.
///
/// @param rules its rules
/// @param widening whether a trusted workspace may widen; only the person's own file can say so
/// @param expires the last day of a managed policy, or empty when the file names none
/// @param failMode what holds when a managed policy is missing or no longer good
public record Policy(
    RuleSet rules, Layers.Widening widening, Optional<LocalDate> expires, FailMode failMode) {

  /// A file without rules.
  public static final Policy EMPTY =
      new Policy(
          new RuleSet(List.of(), List.of()),
          Layers.Widening.REFUSED,
          Optional.empty(),
          FailMode.DENY);

  /// What holds when a managed policy is missing or no longer good.
  public enum FailMode {
    /// Everything is denied.
    DENY,
    /// The last copy that was good.
    LAST_KNOWN
  }

  public Policy {
    requireNonNull(rules, "rules");
    requireNonNull(widening, "widening");
    requireNonNull(expires, "expires");
    requireNonNull(failMode, "failMode");
  }
}
