// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import org.junit.jupiter.api.Test;

class PackagistOrderTest {

  private final VersionOrder order = new PackagistOrder();

  @Test
  void wordsHaveKinds() {
    Ladder.check(
        order,
        "1.0-foo 1.0.x 1.0-Beta",
        "1.0-dev v1.0-dev 1.0.dev",
        "1.0a1 1.0-alpha1 1.0.alpha.1 1.0_a1",
        "1.0b1 1.0-beta1 V1.0+beta1",
        "1.0RC1 1.0rc1 1.0-rc.1",
        "1.0RC2",
        "1.0 v1.0",
        "1.0.0",
        "1.0.1",
        "1.0pl1 1.0-patch1 1.0p1",
        "1.1");
  }

  @Test
  void aBranchIsBelowAllReleases() {
    Ladder.check(order, "master", "dev-master dev-main", "0.1");
  }

  @Test
  void whatIsNeitherNumberNorWordSeparates() {
    Ladder.check(order, "1.2.3.#.beta", "1.2.3 1.2.3.# 1..2..3", "1.2.3.#.1", "1.2.3.#.p3");
  }

  @Test
  void numbersHaveNoLargestSize() {
    Ladder.check(order, "9".repeat(30), "1" + "0".repeat(30));
  }
}
