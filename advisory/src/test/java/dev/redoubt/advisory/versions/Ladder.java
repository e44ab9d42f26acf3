// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/// Checks an order against a list of versions written down in that order.
final class Ladder {

  private Ladder() {}

  /// Fails unless each rung is above all rungs before it. A rung is versions that are equal,
  /// separated by spaces.
  static void check(VersionOrder order, String... rungs) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < rungs.length; i++) {
      for (int j = 0; j < rungs.length; j++) {
        for (String a : rungs[i].split(" ", -1)) {
          for (String b : rungs[j].split(" ", -1)) {
            if (Integer.signum(order.compare(a, b)) != Integer.compare(i, j)) {
              wrong.add("%s against %s gives %d".formatted(a, b, order.compare(a, b)));
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
