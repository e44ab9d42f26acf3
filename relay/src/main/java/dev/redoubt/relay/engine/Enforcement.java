// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/// Which rules stop a message, and which only say that they would. Those of the relay itself and of
/// the gate (`relay.` or `gate.` and a word) always stop it: a guard that fails is no rule.
///
/// @param usual for rules that are not named
/// @param byRule by the id of a rule, or by its beginning up to a dot followed by `*`
public record Enforcement(Mode usual, Map<String, Mode> byRule) {
  public Enforcement {
    requireNonNull(usual, "usual");
    byRule = Map.copyOf(byRule);
  }

  /// What a rule does.
  public enum Mode {
    /// It is written down what it would do, and everything passes as it came.
    OBSERVE,
    /// It stops and changes messages.
    ENFORCE
  }

  /* What the relay itself needs, and what a person has stopped, is no rule to be tried out. */
  private static final List<String> ALWAYS = List.of("relay.", "gate.");

  /// Returns whether `rule` always stops messages, whatever the mode.
  public static boolean isAlways(String rule) {
    return ALWAYS.stream().anyMatch(rule::startsWith);
  }

  /// Returns whether `rule` stops and changes messages.
  public boolean enforces(String rule) {
    if (isAlways(rule)) {
      return true;
    }
    Mode exact = byRule.get(rule);
    if (exact != null) {
      return exact == Mode.ENFORCE;
    }
    // The narrowest family counts.
    for (int dot = rule.lastIndexOf('.'); dot >= 0; dot = rule.lastIndexOf('.', dot - 1)) {
      Mode family = byRule.get(rule.substring(0, dot) + ".*");
      if (family != null) {
        return family == Mode.ENFORCE;
      }
    }
    return usual == Mode.ENFORCE;
  }
}
