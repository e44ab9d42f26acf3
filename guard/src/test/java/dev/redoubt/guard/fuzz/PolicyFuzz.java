// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.fuzz;

import dev.redoubt.guard.policy.Origin;
import dev.redoubt.guard.policy.Policy;
import dev.redoubt.guard.policy.PolicyFile;
import dev.redoubt.guard.policy.Rule;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// What holds for every file that may be a policy: it is understood, or refused with the place.
public final class PolicyFuzz {

  private static final LocalDate TODAY = LocalDate.parse("2026-06-15");

  private PolicyFuzz() {}

  /// Called by the fuzzer.
  public static void fuzzerTestOneInput(byte[] data) {
    check(data);
  }

  /// @throws AssertionError if one of the properties does not hold for `data`
  static void check(byte[] data) {
    Policy first = read(data);
    if (first != null && !rules(first).equals(rules(read(data)))) {
      throw new AssertionError("is not read the same twice");
    }
  }

  /* A condition is a program, and two programs are never equal. */
  private static List<String> rules(Policy policy) {
    List<String> rules = new ArrayList<>(policy.rules().warnings());
    for (Rule rule : policy.rules().rules()) {
      rules.add("%s %s %s".formatted(rule.source(), rule.stance(), rule.reason()));
    }
    return rules;
  }

  private static Policy read(byte[] data) {
    try {
      return PolicyFile.read(data, "policy.toml", Origin.USER, TODAY);
    } catch (RedoubtException e) {
      if (e.code() != ErrorCode.USAGE || !String.valueOf(e.getMessage()).contains("policy.toml")) {
        throw new AssertionError("refused without the place: " + e.getMessage(), e);
      }
      return null;
    }
  }
}
