// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

/// One case of `guard test`.
///
/// @param question what is asked
/// @param expected `allow`, `ask` or `deny`
/// @param rule the rule that has to decide, or empty for any
/// @param shown what is asked, for people
/// @param line where it stands
record GuardCase(Question question, String expected, String rule, String shown, int line) {
  GuardCase {
    requireNonNull(question, "question");
    requireNonNull(expected, "expected");
    requireNonNull(rule, "rule");
    requireNonNull(shown, "shown");
  }
}
