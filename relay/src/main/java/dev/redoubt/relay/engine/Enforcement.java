// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/// Which rules stop a message, and which only say that they would. Those of the relay itself
/// (`relay.` and a word) always stop it.
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
  private static final String ALWAYS = "relay.";

  /// Returns whether `rule` stops and changes messages.
  public boolean enforces(String rule) {
    if (rule.startsWith(ALWAYS)) {
      return true;
    }
    Mode exact = byRule.get(rule);
    if (exact != null) {
      return exact == Mode.ENFORCE;
    }
    int dot = rule.indexOf('.');
    Mode family = dot < 0 ? null : byRule.get(rule.substring(0, dot) + ".*");
    return (family == null ? usual : family) == Mode.ENFORCE;
  }
}
