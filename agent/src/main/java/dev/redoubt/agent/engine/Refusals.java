// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.guard.Decision;
import java.util.List;

/// What a model is told when it may not do something.
final class Refusals {

  private Refusals() {}

  static String text(Decision decision) {
    return switch (decision) {
      case Decision.Deny(var rule, var reason, var remedies) ->
          "denied: %s (rule %s).%s Do not try to get the same done another way."
              .formatted(reason, rule, allowed(remedies));
      case Decision.Ask(var rule, var reason, var proposals) ->
          "not approved: %s (rule %s); nobody said yes.%s Do something else, or say in your answer"
                  .formatted(reason, rule, allowed(proposals))
              + " what is needed and why.";
      case Decision.Allow _ -> throw new IllegalStateException("an allow refuses nothing");
    };
  }

  private static String allowed(List<String> rules) {
    return rules.isEmpty()
        ? ""
        : " The person can allow it with: %s."
            .formatted(String.join(" ", rules.stream().map("--allow '%s'"::formatted).toList()));
  }
}
