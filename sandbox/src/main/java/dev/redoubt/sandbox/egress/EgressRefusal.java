// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// Why the proxy did not do what a program asked for.
///
/// @param rule the stable id of the reason, in the manner of `net.unresolved`
/// @param reason why, in one sentence for a person or a model
/// @param remedies the short rules an operator can allow it with; empty when none can
public record EgressRefusal(String rule, String reason, List<String> remedies) {

  public EgressRefusal {
    requireNonNull(rule, "rule");
    requireNonNull(reason, "reason");
    remedies = List.copyOf(remedies);
  }

  /// Returns the refusal in lines for a program's output.
  public String text() {
    StringBuilder text = new StringBuilder("refused by ").append(rule).append(": ").append(reason);
    for (String remedy : remedies) {
      text.append("\nto allow it: --allow ").append(remedy);
    }
    return text.append('\n').toString();
  }
}
