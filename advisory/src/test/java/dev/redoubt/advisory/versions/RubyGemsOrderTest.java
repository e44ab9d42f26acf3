// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import org.junit.jupiter.api.Test;

class RubyGemsOrderTest {

  private final VersionOrder order = new RubyGemsOrder();

  @Test
  void lettersMakeAPreRelease() {
    Ladder.check(
        order,
        "1.0.a.b",
        "1.0.0.a 1.a 1.0.a.0",
        "1.0.a.1 1.0.a1",
        "1.0.a9 1.a.9",
        "1.0.a10",
        "1.0.beta",
        "1.0.pre.x 1-x 1.0-x",
        "1.0.rc1",
        "1 1.0 1.0.0",
        "1.0.1.pre",
        "1.0.1",
        "1.2",
        "1.10");
  }

  @Test
  void aZeroBetweenLettersIsBelowTheEnd() {
    Ladder.check(order, "1.a.b", "1.a.0.b", "1.a 1.a.0", "1.a.0.1", "1.a.1");
  }

  @Test
  void capitalsComeFirst() {
    Ladder.check(order, "1.B", "1.a", "1");
  }

  @Test
  void nothingIsZero() {
    Ladder.check(order, "a", " 0 0.0", "0.1");
  }
}
