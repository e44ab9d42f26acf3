// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import org.junit.jupiter.api.Test;

class AlpineOrderTest {

  private final VersionOrder order = new AlpineOrder();

  @Test
  void suffixesLeadToAVersionOrFollowIt() {
    Ladder.check(
        order,
        "1.2_alpha_pre2",
        "1.2_alpha 1.2_alpha0",
        "1.2_alpha2",
        "1.2_alpha10",
        "1.2_beta",
        "1.2_pre1",
        "1.2_rc1",
        "1.2_rc1-r1",
        "1.2",
        "1.2_cvs",
        "1.2_svn1",
        "1.2_git20240101",
        "1.2_hg1",
        "1.2_p1",
        "1.2_p1_git3",
        "1.2a",
        "1.2b_rc1",
        "1.2b",
        "1.2.0",
        "1.2.1",
        "1.10");
  }

  @Test
  void revisionsCountLast() {
    Ladder.check(
        order,
        "1.2",
        "1.2-r0 1.2-r 1.2-r00",
        "1.2-r1",
        "1.2-r10",
        "1.2~ab-r0",
        "1.2~b-r0",
        "1.2.3");
  }

  @Test
  void aLaterNumberWithALeadingZeroIsText() {
    Ladder.check(order, "1.0", "1.00", "1.06", "1.1", "1.6", "1.10", "006 6", "013", "14");
  }

  @Test
  void whatApkRejectsIsBelowTheVersionItStartsAs() {
    Ladder.check(
        order,
        "..1",
        ".1",
        "1.2-r0-1 1.2-r-2 1.2-ruff 1.2--ruff1",
        "1.2",
        "1.2-r1-x",
        "1.2-r1",
        "1.2bc",
        "1.2b",
        "2");
    Ladder.check(order, "1.2_blah", "1.2", "1.2_cvs1");
    Ladder.check(order, "1.0A", "1.0B", "1.0", "1.0a");
  }
}
