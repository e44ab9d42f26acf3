// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import org.junit.jupiter.api.Test;

class PypiOrderTest {

  private final VersionOrder order = new PypiOrder();

  @Test
  void phasesOfOneReleaseFollowEachOther() {
    Ladder.check(
        order,
        "1.0.dev1",
        "1.0a1.dev1",
        "1.0a1",
        "1.0a1.post1.dev2",
        "1.0a1.post1",
        "1.0a2",
        "1.0a10",
        "1.0b0",
        "1.0rc1",
        "1.0",
        "1.0+a",
        "1.0+a.b",
        "1.0+a.2",
        "1.0+5",
        "1.0+10",
        "1.0.post0.dev1",
        "1.0.post0",
        "1.0.post1",
        "1.0.1",
        "1.1.dev1",
        "1!0.1",
        "2!0");
  }

  @Test
  void spellingsOfOneVersionAreEqual() {
    Ladder.check(
        order,
        "1.0a1 1.0.alpha1 1.0-ALPHA-1 v1.0_a.1 1.0.0a01 0!1.0a1",
        "1.0b0 1.0b 1.0-beta 1.0.beta.",
        "1.0rc1 1.0c1 1.0pre1 1.0.preview-1 1RC1",
        "1 1.0 1.0.0 01 V1",
        "1+ubuntu.1 1+UBUNTU-1 1+ubuntu_01",
        "1.post2 1-2 1.0.r2 1.rev-2 1post2",
        "1.1.dev0 1.1dev 1.1-dev");
  }

  @Test
  void whatIsNoVersionByPep440ComesBelow() {
    Ladder.check(
        order,
        "foo",
        "trunk",
        "0.1-bulbasaur",
        "0.9-doduo",
        "0.9-snorlax",
        "1.0-dev-foo-",
        "1.0-rc1-foo",
        "2013-03-27T16:32:26+0100",
        "0");
  }

  @Test
  void legacyPhasesComeBeforeTheirRelease() {
    Ladder.check(
        order, "1.0-dev-abc", "1.0-alpha-abc", "1.0-final.1", "1.0-patch.1", "1.0.1-dev-abc");
  }

  @Test
  void zerosAndDashesBeforeALegacyWordVanish() {
    Ladder.check(order, "1.0-alpha-abc 1.0.0--alpha--abc 1-ALPHA.abc");
  }

  @Test
  void almostVersionsAreLegacy() {
    Ladder.check(order, "1.0a1b", "0");
    Ladder.check(order, "1.0+", "0");
    Ladder.check(order, "1.0+a..b", "0");
    Ladder.check(order, "1!", "0");
    Ladder.check(order, "", "0");
  }
}
