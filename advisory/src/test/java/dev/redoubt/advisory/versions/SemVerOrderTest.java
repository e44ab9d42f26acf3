// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import org.junit.jupiter.api.Test;

class SemVerOrderTest {

  private static final String NINES = "9".repeat(40);

  @Test
  void numbersComeBeforePreReleasesInWeight() {
    Ladder.check(
        SemVerOrder.SEMVER,
        "0.0.0-0",
        "0.0.0",
        "0.0.1",
        "0.2.0",
        "0.10.0",
        "1.0.0-0",
        "1.0.0-0.1",
        "1.0.0-2",
        "1.0.0-10",
        "1.0.0-A",
        "1.0.0-a",
        "1.0.0-a.0",
        "1.0.0-a.b",
        "1.0.0-a-b",
        "1.0.0-aa",
        "1.0.0",
        "1.0.1-a",
        "2.0.0");
  }

  @Test
  void integersHaveNoLargestSize() {
    Ladder.check(
        SemVerOrder.SEMVER, NINES + ".0.0", "1" + NINES + ".0.0", "1" + NINES + ".0." + NINES);
    Ladder.check(
        SemVerOrder.SEMVER,
        "1.0.0-" + "9".repeat(254),
        "1.0.0-1" + "0".repeat(254),
        "1.0.0-1" + "0".repeat(255),
        "1.0.0-1" + "0".repeat(254) + "1");
  }

  @Test
  void buildMetadataAndPrefixesDoNotCount() {
    Ladder.check(
        SemVerOrder.SEMVER,
        "1.2.3-rc.1 v1.2.3-rc.1+x =1.2.3-rc.01",
        "1.2.3 v1.2.3 V1.2.3 =v1.2.3 1.2.3+incompatible 1.2.3+a.b 01.02.03");
  }

  @Test
  void missingNumbersAreZero() {
    Ladder.check(SemVerOrder.SEMVER, "1-a", "1 1.0 1.0.0 1.0.0.0", "1.0.0.1", "1.0.1", "1.1");
  }

  @Test
  void aPreReleaseNeedsNoHyphen() {
    Ladder.check(SemVerOrder.SEMVER, "1.2.3beta1 1.2.3-beta1 1.2.3.beta1", "1.2.3");
  }

  @Test
  void aPseudoVersionOfGoSortsByItsTimeStamp() {
    Ladder.check(
        SemVerOrder.GO,
        "v0.0.0-20180917221912-90fa682c2a6e",
        "v0.0.0-20190308221718-c2843e01d9a2",
        "v0.0.0",
        "v1.2.4-0.20190101000000-abcdefabcdef",
        "v1.2.4",
        "go1.21.9 1.21.9",
        "v2.0.0+incompatible 2.0.0");
  }

  @Test
  void nugetIgnoresCaseAndHasAFourthNumber() {
    Ladder.check(
        SemVerOrder.NUGET,
        "1.0.0-ALPHA 1.0-alpha 1.0.0.0-Alpha+X",
        "1.0.0-beta.2",
        "1.0.0-Beta.11",
        "1.0.0 1.0 1.0.0.0+meta",
        "1.0.0.1-a",
        "1.0.0.1",
        "1.0.1");
  }

  @Test
  void pubCountsBuildMetadata() {
    Ladder.check(
        SemVerOrder.PUB,
        "1.0.0-a",
        "1.0.0-a+1",
        "1.0.0",
        "1.0.0+2",
        "1.0.0+10",
        "1.0.0+10.a",
        "1.0.0+a",
        "1.0.1");
  }

  @Test
  void whatIsNoVersionComesFirst() {
    Ladder.check(SemVerOrder.SEMVER, "a", "latest", "0.0.0", "0.0.1");
  }
}
