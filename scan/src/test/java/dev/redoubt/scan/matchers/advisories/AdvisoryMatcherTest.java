// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.intake.AdvisoryImport;
import dev.redoubt.advisory.intake.AdvisoryImport.Request;
import dev.redoubt.advisory.intake.Bounds;
import dev.redoubt.advisory.intake.ImportProgress;
import dev.redoubt.model.Component;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryMatcherTest {

  private static final Location AT = new Location("package-lock.json", 3);

  @TempDir Path folder;

  @BeforeEach
  void importTwoRecords() throws IOException {
    record(
        "GHSA-1.json",
        """
        {"id": "GHSA-1", "modified": "2026-01-01T00:00:00Z", "aliases": ["CVE-2026-1"],
         "summary": "x breaks", "severity": [{"type": "CVSS_V3", "score":
           "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
         "affected": [{"package": {"ecosystem": "npm", "name": "x"},
           "ranges": [{"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"fixed": "1.2.0"}]}]}]}
        """);
    record(
        "MAL-1.json",
        """
        {"id": "MAL-1", "modified": "2026-01-01T00:00:00Z", "summary": "evil",
         "affected": [{"package": {"ecosystem": "npm", "name": "evil"},
           "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}
        """);
    new AdvisoryImport(
            folder.resolve("data"), Clock.systemUTC(), Bounds.IMPORT, ImportProgress.NONE)
        .run(new Request(folder.resolve("records"), "test", null));
  }

  @Test
  void anAffectedVersionIsAFindingWithItsFix() {
    Matches matches = match("npm", "x", "1.1.9");

    assertThat(matches.gaps()).isEmpty();
    assertThat(matches.findings()).hasSize(1);
    Finding finding = matches.findings().getFirst();
    assertThat(finding.identity()).isEqualTo(new Finding.Identity("CVE-2026-1", List.of("GHSA-1")));
    assertThat(finding.kind()).isEqualTo(Finding.Kind.ADVISORY);
    assertThat(finding.rating().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.rating().score()).isEqualTo(9.8);
    assertThat(finding.proof().fixed()).isEqualTo("1.2.0");
    assertThat(finding.locations()).containsExactly(AT);
  }

  @Test
  void theFixedVersionIsFine() {
    assertThat(match("npm", "x", "1.2.0")).isEqualTo(new Matches(List.of(), List.of()));
  }

  @Test
  void aMaliciousPackageMatchesEvenWithoutAVersion() {
    assertThat(match("npm", "evil", null).findings().getFirst().kind())
        .isEqualTo(Finding.Kind.MALICIOUS);
  }

  @Test
  void anEcosystemWithoutAdvisoriesIsOneGap() {
    assertThat(match("pypi", "x", "1.0"))
        .isEqualTo(
            new Matches(
                List.of(),
                List.of(
                    new Gap(
                        null,
                        null,
                        "no advisories for PyPI",
                        "run redoubt db sync or redoubt db import"))));
  }

  @Test
  void aKindThatNoDatabaseCoversIsSaidToBe() {
    assertThat(match("docker", "x", "1.0").gaps())
        .containsExactly(
            new Gap(
                null,
                null,
                "1 docker package: no advisory database covers this kind",
                "look them up by hand"));
  }

  private Matches match(String type, String name, String version) {
    Component component =
        Component.of(Purl.of(type, null, name, version), Scope.PROD, Relation.DIRECT, AT);
    return new AdvisoryMatcher(AdvisoryDatabase.open(folder.resolve("data")))
        .match(Inventory.ofComponents(List.of(component)));
  }

  private void record(String name, String json) throws IOException {
    Path file = folder.resolve("records").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, json);
  }
}
