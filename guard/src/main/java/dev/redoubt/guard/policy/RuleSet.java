// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rules that are asked together; the strictest that matches counts, the first among equals.
///
/// @param rules those in force, in the order of their file
/// @param warnings about rules that are written but not in force, for people
public record RuleSet(List<Rule> rules, List<String> warnings) {

  /// No rules.
  public static final RuleSet NONE = new RuleSet(List.of(), List.of());

  public RuleSet {
    rules = List.copyOf(rules);
    warnings = List.copyOf(warnings);
  }

  /// A rule that counts and what it says.
  public record Match(Rule rule, Decision decision) {
    public Match {
      requireNonNull(rule, "rule");
      requireNonNull(decision, "decision");
    }
  }

  /// Returns the rule that counts for `effect`, or empty when none is about it. No rule is about an
  /// opaque effect.
  public Optional<Match> verdict(Effect effect, Scene scene) {
    if (effect instanceof Effect.Opaque) {
      return Optional.empty();
    }
    Rule strictest = null;
    for (Rule rule : rules) {
      boolean counts = strictest == null || rule.stance().compareTo(strictest.stance()) > 0;
      if (counts && rule.matches(effect, scene)) {
        strictest = rule;
      }
    }
    return strictest == null
        ? Optional.empty()
        : Optional.of(new Match(strictest, strictest.decision(effect)));
  }

  /// Returns these rules and after them those of `later`.
  public RuleSet and(RuleSet later) {
    List<Rule> all = new ArrayList<>(rules);
    all.addAll(later.rules);
    List<String> allWarnings = new ArrayList<>(warnings);
    allWarnings.addAll(later.warnings);
    return new RuleSet(all, allWarnings);
  }
}
