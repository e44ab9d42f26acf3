// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import org.junit.jupiter.api.Test;

class DebianOrderTest {

  private final VersionOrder order = new DebianOrder();

  @Test
  void aTildeComesBeforeTheEndAndLettersBeforeSigns() {
    Ladder.check(
        order, "1.0~~", "1.0~~a", "1.0~", "1.0~rc1", "1.0", "1.0a", "1.0z", "1.0+b", "1.0.1",
        "1.00002");
  }

  @Test
  void revisionsFollowTheLastHyphen() {
    Ladder.check(
        order,
        "1.2.3-1~deb7u1",
        "1.2.3-1",
        "1.2.3-1ubuntu1",
        "1.2.3-1+deb9u1",
        "1.2.3-2",
        "1.2.3-10",
        "1.2.3-10-1");
  }

  @Test
  void aMissingEpochOrRevisionIsZero() {
    Ladder.check(
        order, "1.0 0:1.0 1.0-0 1.0-00 00:1.0 1.0- 01.0", "1.0-1 0:1.0-1", "2:0.1", "10:0.1");
  }

  @Test
  void theTextAfterAZeroOrNothingCounts() {
    Ladder.check(order, "~", " 0 0-0", "a a0", "a1", "a1a");
  }

  @Test
  void whatStandsBeforeAColonAndIsNoNumberIsNoEpoch() {
    Ladder.check(order, "a:1", "a:2", "1:1", "2:0");
  }
}
