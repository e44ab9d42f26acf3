// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/// What a rule says, from the mildest to the strictest.
public enum Stance {
  ALLOW,
  ASK,
  DENY;

  /// Returns how it is written in a file.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns the stance written as `key`.
  public static Optional<Stance> of(String key) {
    requireNonNull(key, "key");
    return switch (key) {
      case "allow" -> Optional.of(ALLOW);
      case "ask" -> Optional.of(ASK);
      case "deny" -> Optional.of(DENY);
      default -> Optional.empty();
    };
  }

  /// Returns how sure a match has to be for a rule that says this.
  Certainty needed() {
    return this == ALLOW ? Certainty.SURE : Certainty.POSSIBLE;
  }
}
