// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;

/// What one policy file says.
///
/// @param rules its rules
/// @param widening whether a trusted workspace may widen; counts in the person's own file only
/// @param expires the last day of a managed policy, or empty when the file names none
public record Policy(RuleSet rules, Layers.Widening widening, Optional<LocalDate> expires) {
  public Policy {
    requireNonNull(rules, "rules");
    requireNonNull(widening, "widening");
    requireNonNull(expires, "expires");
  }
}
