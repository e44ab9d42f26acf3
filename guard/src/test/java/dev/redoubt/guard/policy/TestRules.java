// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.policy.Rule.Condition;
import dev.redoubt.guard.policy.Rule.Source;
import java.util.List;

/// Rules for tests.
final class TestRules {

  private TestRules() {}

  static Rule rule(Stance stance, String text) {
    return new Rule(
        new Source("policy.test:" + text, "test.toml", 1, Origin.USER),
        stance,
        new Condition(ShortRule.matcher(text), List.of(), null),
        "because",
        null,
        List.of());
  }
}
