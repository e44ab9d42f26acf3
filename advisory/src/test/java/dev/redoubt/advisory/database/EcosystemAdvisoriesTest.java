// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import static dev.redoubt.advisory.database.Records.add;
import static dev.redoubt.advisory.database.Records.draft;
import static dev.redoubt.advisory.database.Records.leftPad;
import static dev.redoubt.advisory.database.Records.osv;
import static dev.redoubt.advisory.database.Records.publish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.advisory.enrichment.Enrichment;
import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Rating;
import dev.redoubt.model.Severity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcosystemAdvisoriesTest {

  private static final String BELOW_1_3 = "{'introduced': '0'}, {'fixed': '1.3.0'}";

  @TempDir Path data;

  @Test
  void aMatchSaysWhatWhyAndWhereTo() {
    var npm =
        npm(
            leftPad(
                "GHSA-1",
                "'aliases': ['CVE-2026-1'], 'summary': 'Pads too far', 'references': [{'type':"
                    + " 'WEB', 'url': 'https://a.example'}], 'database_specific': {'severity':"
                    + " 'HIGH'},",
                BELOW_1_3));

    assertThat(npm.match("left-pad", "1.2.0"))
        .isEqualTo(
            new Lookup(
                List.of(
                    new AdvisoryMatch(
                        new Finding.Identity("CVE-2026-1", List.of("GHSA-1")),
                        AdvisoryMatch.Kind.VULNERABLE,
                        new Rating(Severity.HIGH, null, false, null),
                        new Finding.Proof(
                            "Pads too far", "1.3.0", List.of("GHSA-1: >= 0, < 1.3.0")),
                        List.of("https://a.example"),
                        List.of("GHSA-1"))),
                List.of()));
  }

  @Test
  void aFixedVersionAndAnotherNameMatchNothing() {
    var npm = npm(leftPad("GHSA-1", "", BELOW_1_3));

    assertThat(npm.match("left-pad", "1.3.0")).isSameAs(Lookup.NONE);
    assertThat(npm.match("right-pad", "1.2.0")).isSameAs(Lookup.NONE);
  }

  @Test
  void recordsThatShareANameAreOneWeakness() {
    var npm =
        npm(
            leftPad("A-1", "'aliases': ['CVE-2026-1', 'CVE-2026-9'],", BELOW_1_3),
            leftPad("B-1", "'aliases': ['GHSA-b'],", BELOW_1_3),
            leftPad(
                "C-1",
                "'aliases': ['GHSA-b', 'CVE-2026-1'],",
                "{'introduced': '0'}, {'fixed': '1.4.0'}"),
            leftPad("D-1", "", BELOW_1_3));

    assertThat(npm.match("left-pad", "1.0.0").matches())
        .extracting(AdvisoryMatch::identity, match -> match.proof().fixed(), AdvisoryMatch::records)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                new Finding.Identity(
                    "CVE-2026-1", List.of("A-1", "B-1", "C-1", "CVE-2026-9", "GHSA-b")),
                "1.4.0",
                List.of("A-1", "B-1", "C-1")),
            org.assertj.core.groups.Tuple.tuple(
                new Finding.Identity("D-1", List.of()), "1.3.0", List.of("D-1")));
  }

  @Test
  void aMaliciousRecordMakesTheWholeIdentityMaliciousAndCritical() {
    var npm =
        npm(
            leftPad(
                "GHSA-1",
                "'aliases': ['MAL-2026-7'], 'database_specific': {'severity': 'LOW'},",
                "{'introduced': '0'}"),
            leftPad("MAL-2026-7", "", "{'introduced': '0'}"));

    assertThat(npm.match("left-pad", "1.0.0").matches())
        .extracting(
            match -> match.identity().id(), AdvisoryMatch::kind, match -> match.rating().severity())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "MAL-2026-7", AdvisoryMatch.Kind.MALICIOUS, Severity.CRITICAL));
  }

  @Test
  void anUnpinnedPackageMatchesOnlyWhenEveryVersionIsAffected() {
    var npm = npm(leftPad("MAL-1", "", "{'introduced': '0'}"), leftPad("GHSA-1", "", BELOW_1_3));

    Lookup lookup = npm.match("left-pad", null);

    assertThat(lookup.matches())
        .extracting(match -> match.identity().id())
        .containsExactly("MAL-1");
    assertThat(lookup.undecided()).containsExactly("GHSA-1");
  }

  @Test
  void aWithdrawnRecordNeverMatches() {
    assertThat(
            npm(leftPad("A-1", "'withdrawn': '2026-01-01T00:00:00Z',", BELOW_1_3))
                .match("left-pad", "1.0.0"))
        .isSameAs(Lookup.NONE);
  }

  @Test
  void theNewestCopyOfARecordStands() {
    Draft draft = draft("npm", leftPad("A-1", "", BELOW_1_3));
    add(
        draft,
        "newer",
        osv(
            "{'id': 'A-1', 'modified': '2026-02-01T00:00:00Z', 'affected': [{'package':"
                + " {'ecosystem': 'npm', 'name': 'left-pad'}, 'versions': ['1.2.0']}]}"));

    var npm = new EcosystemAdvisories(publish(data, draft), Enrichment.none());

    assertThat(npm.match("left-pad", "1.2.0").matches()).hasSize(1);
    assertThat(npm.match("left-pad", "1.0.0")).isSameAs(Lookup.NONE);
  }

  @Test
  void aNewerWithdrawalInAnotherSourceTakesTheRecordBack() {
    Draft draft = draft("npm", leftPad("A-1", "", BELOW_1_3));
    add(
        draft,
        "newer",
        osv(
            "{'id': 'A-1', 'modified': '2026-02-01T00:00:00Z', 'withdrawn': '2026-02-01T00:00:00Z',"
                + " 'affected': [{'package': {'ecosystem': 'npm', 'name': 'left-pad'}}]}"));

    var npm = new EcosystemAdvisories(publish(data, draft), Enrichment.none());

    assertThat(npm.match("left-pad", "1.0.0")).isSameAs(Lookup.NONE);
  }

  @Test
  void rangesOfCommitsAreUndecidedNotClean() {
    var npm =
        npm(
            osv(
                "{'id': 'A-1', 'affected': [{'package': {'ecosystem': 'npm', 'name': 'left-pad'},"
                    + " 'ranges': [{'type': 'GIT', 'repo': 'https://r.example', 'events':"
                    + " [{'introduced': '0'}]}]}]}"));

    assertThat(npm.match("left-pad", "1.0.0")).isEqualTo(new Lookup(List.of(), List.of("A-1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"latest", "^1.2.0", "0123456789abcdef0123456789abcdef01234567", "0123456789ab"})
  void whatIsNoVersionIsUndecidedNotMatchedByChance(String written) {
    var npm = npm(leftPad("GHSA-1", "", BELOW_1_3));

    assertThat(npm.match("left-pad", written)).isEqualTo(new Lookup(List.of(), List.of("GHSA-1")));
  }

  @Test
  void aDistributionReleaseIsPartOfTheKey() {
    OsvRecord record =
        osv(
            "{'id': 'ALSA-1', 'affected': [{'package': {'ecosystem': 'AlmaLinux:8', 'name':"
                + " 'koan'}, 'ranges': [{'type': 'ECOSYSTEM', 'events': [{'introduced': '0'},"
                + " {'fixed': '2-1.el8'}]}]}]}");
    var alma =
        new EcosystemAdvisories(publish(data, draft("AlmaLinux", record)), Enrichment.none());

    assertThat(alma.match(new PackageCoordinate("AlmaLinux", "8.9", "koan", "1-1.el8")).matches())
        .hasSize(1);
    assertThat(alma.match(new PackageCoordinate("AlmaLinux", "9", "koan", "1-1.el8")))
        .isSameAs(Lookup.NONE);
    assertThat(alma.match(new PackageCoordinate("AlmaLinux", "", "koan", "1-1.el8")).undecided())
        .containsExactly("ALSA-1");
    assertThat(alma.match(new PackageCoordinate("AlmaLinux", "", "koan", "2-1.el8")))
        .isSameAs(Lookup.NONE);
  }

  @Test
  void aRepositoryAddressInTheEcosystemExcludesNothing() {
    OsvRecord record =
        osv(
            "{'id': 'D-1', 'affected': [{'package': {'ecosystem':"
                + " 'Packagist:https://packages.example/8', 'name': 'drupal/x'}, 'ranges':"
                + " [{'type': 'ECOSYSTEM', 'events': [{'introduced': '0'}]}]}]}");
    var packagist =
        new EcosystemAdvisories(publish(data, draft("Packagist", record)), Enrichment.none());

    assertThat(packagist.match("Drupal/X", "1.0.0").matches()).hasSize(1);
  }

  @Test
  void goVersionsMatchWithAndWithoutTheirPrefix() {
    OsvRecord record =
        osv(
            "{'id': 'GO-1', 'affected': [{'package': {'ecosystem': 'Go', 'name':"
                + " 'github.com/BurntSushi/toml'}, 'ranges': [{'type': 'SEMVER', 'events':"
                + " [{'introduced': '0'}, {'fixed': '1.2.0'}]}]}]}");
    var go = new EcosystemAdvisories(publish(data, draft("Go", record)), Enrichment.none());

    assertThat(go.match("github.com/burntsushi/toml", "v1.1.0").matches()).hasSize(1);
    assertThat(go.match("github.com/burntsushi/toml", "1.2.0")).isSameAs(Lookup.NONE);
    assertThat(go.match("github.com/burntsushi/toml", "v1.2.0+incompatible")).isSameAs(Lookup.NONE);
  }

  @Test
  void namesBeyondAsciiAreFound() {
    var npm =
        npm(
            osv(
                "{'id': 'A-1', 'affected': [{'package': {'ecosystem': 'npm', 'name':"
                    + " 'gr\u00FC\u00DFe'}, 'versions': ['1.0.0']}]}"));

    assertThat(npm.match("gr\u00FC\u00DFe", "1.0.0").matches()).hasSize(1);
    assertThat(npm.match("gr\u00FC\u00DFf", "1.0.0")).isSameAs(Lookup.NONE);
  }

  @Test
  void anEcosystemThatWasNeverImportedIsAbsentNotClean() {
    assertThat(AdvisoryDatabase.open(data).ecosystem("npm")).isEmpty();
  }

  private EcosystemAdvisories npm(OsvRecord... records) {
    publish(data, draft("npm", records));
    return AdvisoryDatabase.open(data).ecosystem("npm").orElseThrow();
  }
}
