// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Rating;
import dev.redoubt.model.Severity;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.thresholds.Judgement;
import dev.redoubt.scan.thresholds.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  @Test
  void neitherALineNorAVersionMakesANewOne() {
    RankedFinding before = finding("pkg:npm/a@1.0.0", 3);
    RankedFinding after = finding("pkg:npm/a@1.0.1", 90);

    assertThat(of(before).of(before)).isEqualTo(of(after).of(after)).hasSize(64);
  }

  @Test
  void anotherPackageHasAnother() {
    RankedFinding one = finding("pkg:npm/a@1.0.0", 3);
    RankedFinding other = finding("pkg:npm/b@1.0.0", 3);

    assertThat(of(one).of(one)).isNotEqualTo(of(other).of(other));
  }

  @Test
  void twoVersionsInOneReportAreToldApart() {
    RankedFinding one = finding("pkg:npm/a@1.0.0", 3);
    RankedFinding two = finding("pkg:npm/a@2.0.0", 4);
    Fingerprints fingerprints = of(two, one);

    assertThat(fingerprints.of(one)).isNotEqualTo(fingerprints.of(two));
    assertThat(fingerprints.of(one)).isEqualTo(of(one).of(one));
  }

  private static Fingerprints of(RankedFinding... findings) {
    return new Fingerprints(
        new Judgement(List.of(findings), List.of(), List.of(), new Verdict(0, "none", "none")));
  }

  private static RankedFinding finding(String purl, int line) {
    return new RankedFinding(
        new Finding(
            new Finding.Identity("CVE-2026-1", List.of()),
            Finding.Kind.ADVISORY,
            Rating.of(Severity.HIGH),
            new Subject.OfComponent(Purl.parse(purl)),
            new Finding.Proof("bad", null, List.of()),
            List.of(new Location("a.lock", line))),
        List.of(),
        48);
  }
}
