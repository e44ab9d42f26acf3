// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import org.junit.jupiter.api.Test;

class RpmOrderTest {

  private final VersionOrder order = new RpmOrder();

  @Test
  void aTildeIsBelowTheEndAndACaretAboveIt() {
    Ladder.check(
        order,
        "1.0~rc1",
        "1.0~rc1^git1",
        "1.0~rc2",
        "1.0 1_0 1..0 1.0. 1.00",
        "1.0^git1~pre",
        "1.0^git1",
        "1.0^20160101",
        "1.0a",
        "1.0aa",
        "1.0.1",
        "1.1");
  }

  @Test
  void numbersAreAboveLetters() {
    Ladder.check(order, "a", "b", "b1", "1", "1a", "1.1", "10");
  }

  @Test
  void epochVersionAndReleaseCountInThatOrder() {
    Ladder.check(
        order,
        "1 0:1 :1",
        "1-",
        "1-0",
        "1-1 1-1. 00:1-1",
        "1-1.a",
        "1-1.el7",
        "1-1.1",
        "1-123",
        "1:0",
        "02:0 2:0",
        "14:0");
  }

  @Test
  void aColonBehindAnythingButDigitsIsNoEpoch() {
    Ladder.check(order, "a:1", "a1:1", "a:2", "1.m+e2:1", "4.m+e1:1");
  }

  @Test
  void whatIsNotAsciiOnlySeparates() {
    Ladder.check(order, "1.1.α 1.1 1.1.ββ", "1.1.a 1.1.αa");
  }
}
