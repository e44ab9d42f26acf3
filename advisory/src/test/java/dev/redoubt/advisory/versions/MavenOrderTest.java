// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import org.junit.jupiter.api.Test;

class MavenOrderTest {

  private final VersionOrder order = new MavenOrder();

  @Test
  void qualifiersLeadToARelease() {
    Ladder.check(
        order,
        "1.0-alpha-1 1a1 1.0-ALPHA1",
        "1.0-alpha-2",
        "1.0-beta-1 1b1",
        "1.0-milestone-1 1.0-M1",
        "1.0-rc-1 1cr1 1.0-RC1",
        "1.0-SNAPSHOT 1-snapshot",
        "1.0 1 1.0.0 1-ga 1.Final 1.0.0.RELEASE 1- 1. 01",
        "1.0-sp",
        "1.0-sp-1",
        "1.0-abc",
        "1.0-xyz",
        "1.0-1",
        "1.0-2",
        "1.0.1",
        "1.1");
  }

  @Test
  void aDotBindsAQualifierBelowAHyphen() {
    Ladder.check(order, "2.1.RC1", "2.1-alpha", "2.1-RC1", "2.1.0.RC1", "2.1");
    Ladder.check(order, "2.1", "2.1.x", "2.1-x", "2.1-1", "2.1.0.x", "2.1.1");
  }

  @Test
  void zerosAndWordsForAReleaseVanishBeforeAHyphen() {
    Ladder.check(
        order, "1-foo 1.0.0-foo.0.0 1.final-foo 1-ga-foo 1foo", "1-foo-2 1.0-0-foo2 1.0.0foo-02");
  }

  @Test
  void zerosBeforeANumberStay() {
    Ladder.check(order, "1", "1-0.1", "1.0.0.1", "1.0.1", "1.1");
  }

  @Test
  void shorthandsNeedANumberRightBehindThem() {
    Ladder.check(order, "1a1 1-alpha-1", "1", "1-a 1a", "1-m", "1-m-1");
  }

  @Test
  void numbersHaveNoLargestSize() {
    Ladder.check(
        order,
        "20190126.230843",
        "1234567890.12345",
        "123456789012345.1H.5-beta",
        "12345678901234567890.1H.5-beta");
  }

  /// Maven itself has 1-1 < 1.0.rc1 and 1.x < 1-rc1, which makes cycles with the release between.
  @Test
  void whatLeadsToAReleaseIsBelowAllThatFollowsIt() {
    Ladder.check(order, "1.rc1", "1-rc1", "1.0.rc1", "1", "1.x", "1-x", "1-1");
  }

  @Test
  void aVersionWithoutNumbersComesFirst() {
    Ladder.check(order, "alpha", "x", "xy", "0-alpha", "0 .0 -", "0.1");
  }
}
