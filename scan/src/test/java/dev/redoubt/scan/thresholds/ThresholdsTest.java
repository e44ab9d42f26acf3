// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Finding.Identity;
import dev.redoubt.model.Finding.Kind;
import dev.redoubt.model.Finding.Proof;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Rating;
import dev.redoubt.model.Severity;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.thresholds.Thresholds.GapsPolicy;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThresholdsTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-06-15");
  private static final Purl PURL = Purl.of("npm", null, "a", "1.0.0");
  private static final RankedFinding HIGH =
      ranked("CVE-2026-1", List.of("GHSA-1"), Kind.ADVISORY, Severity.HIGH, PURL);
  private static final RankedFinding UNKNOWN =
      ranked("GO-1", List.of(), Kind.ADVISORY, Severity.UNKNOWN, PURL);
  private static final RankedFinding MALICIOUS =
      ranked("MAL-1", List.of(), Kind.MALICIOUS, Severity.CRITICAL, PURL);
  private static final Gap GAP = new Gap("a", null, "is not JSON", "correct the file");

  @Test
  void withoutThresholdsNothingIsCrossed() {
    assertThat(judge(List.of(), HIGH).verdict())
        .isEqualTo(new Verdict(0, "none", "1 finding, none crosses a threshold"));
  }

  @Test
  void aBandIsCrossedByItselfAndWorse() {
    assertThat(judge(List.of(new Threshold.AtLeast(Severity.HIGH)), HIGH).verdict())
        .isEqualTo(new Verdict(1, "fail-on high", "CVE-2026-1 crosses the threshold fail-on high"));
    assertThat(judge(List.of(new Threshold.AtLeast(Severity.CRITICAL)), HIGH).verdict().exitCode())
        .isZero();
  }

  @Test
  void anUnknownSeverityIsInNoBandAndIsSaid() {
    assertThat(judge(List.of(new Threshold.AtLeast(Severity.LOW)), UNKNOWN).verdict())
        .isEqualTo(
            new Verdict(
                0,
                "none",
                "1 finding, none crosses a threshold; 1 finding of unknown severity, which only"
                    + " --fail-on any counts"));
    assertThat(judge(List.of(new Threshold.Any()), UNKNOWN).verdict().exitCode()).isEqualTo(1);
  }

  @Test
  void gapsDecideOnlyUnderStrictAndOnlyWhenNoThresholdIsCrossed() {
    Thresholds strict =
        new Thresholds(
            List.of(new Threshold.Malicious()),
            List.of(),
            Vex.NONE,
            Optional.empty(),
            GapsPolicy.STRICT,
            TODAY);

    assertThat(strict.judge(List.of(HIGH), List.of(GAP)).verdict())
        .isEqualTo(new Verdict(3, "strict", "1 thing could not be looked at (--strict)"));
    assertThat(strict.judge(List.of(MALICIOUS), List.of(GAP)).verdict().exitCode()).isEqualTo(1);
    assertThat(strict.judge(List.of(HIGH), List.of()).verdict().exitCode()).isZero();
  }

  @Test
  void missingAdvisoriesAreNeverCalledClean() {
    Gap none = new Gap(null, null, "no advisories for npm", "run redoubt db sync");

    assertThat(plain(List.of()).judge(List.of(), List.of(none)).verdict().reason())
        .isEqualTo("vulnerabilities not checked; no other findings; 1 thing not looked at");
  }

  @Test
  void anIgnoreNeedsIdentityAndPackage() {
    assertThat(ignored(new Ignore("GHSA-1", about("pkg:npm/a"), "why", TODAY, "c"), HIGH))
        .containsExactly(new Ignored(HIGH, "why", "2026-06-15", "c"));
    assertThat(ignored(new Ignore("CVE-2026-1", about("pkg:npm/b"), "why", TODAY, "c"), HIGH))
        .isEmpty();
    assertThat(ignored(new Ignore("CVE-2026-2", about("pkg:npm/a"), "why", TODAY, "c"), HIGH))
        .isEmpty();
    assertThat(ignored(new Ignore("CVE-2026-1", about("pkg:npm/a@2.0.0"), "why", TODAY, "c"), HIGH))
        .isEmpty();
  }

  @Test
  void anIgnoreOfYesterdayIsAGapAndTheFindingCounts() {
    Thresholds thresholds =
        with(new Ignore("CVE-2026-1", about("pkg:npm/a"), "why", TODAY.minusDays(1), "c"));

    Judgement judgement = thresholds.judge(List.of(HIGH), List.of());

    assertThat(judgement.findings()).containsExactly(HIGH);
    assertThat(judgement.gaps())
        .containsExactly(
            new Gap(
                "c",
                null,
                "the ignore of \"CVE-2026-1\" expired on 2026-06-14",
                "fix the finding, or decide again and set a new day"));
  }

  @Test
  void nothingHidesAMaliciousPackage() throws DocumentException {
    Vex vex =
        vex(
            "{\"statements\":[{\"vulnerability\":{\"name\":\"MAL-1\"},\"products\":[{\"@id\":\"pkg:npm/a\"}],\"status\":\"not_affected\"}]}");
    PastReport baseline =
        PastReport.read(
            utf8(
                "{\"schemaVersion\":\"1.0\",\"findings\":[{\"id\":\"MAL-1\",\"kind\":\"malicious\",\"component\":\"pkg:npm/a@1.0.0\"}]}"));
    Thresholds thresholds =
        new Thresholds(
            List.of(new Threshold.Malicious()),
            List.of(new Ignore("MAL-1", about("pkg:npm/a"), "why", TODAY, "c")),
            vex,
            Optional.of(baseline),
            GapsPolicy.SHOWN,
            TODAY);

    Judgement judgement = thresholds.judge(List.of(MALICIOUS), List.of());

    assertThat(judgement.ignored()).isEmpty();
    assertThat(judgement.verdict())
        .isEqualTo(new Verdict(1, "malicious", "MAL-1 crosses the threshold malicious"));
  }

  @Test
  void aVexStatementHoldsForItsProductOnly() throws DocumentException {
    String statement =
        "{\"statements\":[{\"vulnerability\":{\"name\":\"CVE-2026-1\"},\"products\":[{\"@id\":\"%s\"}],"
            + "\"status\":\"not_affected\",\"justification\":\"component_not_present\"}]}";

    assertThat(judge(vex(statement.formatted("pkg:npm/a@1.0.0"))).ignored())
        .containsExactly(
            new Ignored(HIGH, "VEX not_affected, component_not_present", null, "vex.json"));
    assertThat(judge(vex(statement.formatted("pkg:npm/b@1.0.0"))).ignored()).isEmpty();
    assertThat(judge(vex(statement.formatted("pkg:npm/a@2.0.0"))).ignored()).isEmpty();
  }

  @Test
  void aVexStatementAboutPartsOfAnotherProductIsAGap() throws DocumentException {
    String document =
        "{\"statements\":[{\"vulnerability\":{\"name\":\"CVE-2026-1\"},\"products\":[{\"@id\":\"pkg:oci/shop\","
            + "\"subcomponents\":[{\"@id\":\"pkg:npm/a\"}]}],\"status\":\"not_affected\"}]}";

    assertThat(judge(vex(document)).gaps())
        .containsExactly(
            new Gap(
                "vex.json",
                1,
                "a VEX statement was not applied: it is about packages inside \"pkg:oci/shop\"",
                "name the package by its purl, or say --product with the product that is scanned"));
    Vex forShop =
        Vex.read(utf8(document), "vex.json", Optional.of(Purl.of("oci", null, "shop", "sha256:1")));
    assertThat(judge(forShop).ignored()).hasSize(1);
  }

  @Test
  void cycloneDxAnalysisIsAVexStatement() throws DocumentException {
    Vex vex =
        vex(
            "{\"bomFormat\":\"CycloneDX\",\"components\":[{\"bom-ref\":\"x\",\"purl\":\"pkg:npm/a@1.0.0\"}],"
                + "\"vulnerabilities\":[{\"id\":\"CVE-2026-1\",\"analysis\":{\"state\":\"not_affected\"},\"affects\":[{\"ref\":\"x\"}]}]}");

    assertThat(judge(vex).ignored())
        .containsExactly(new Ignored(HIGH, "VEX not_affected", null, "vex.json"));
  }

  @Test
  void anythingElseIsNoVexDocument() {
    assertThatThrownBy(() -> vex("{}"))
        .hasMessage("is neither an OpenVEX nor a CycloneDX document");
  }

  @Test
  void onlyWhatTheBaselineLacksCrossesAThreshold() throws DocumentException {
    PastReport past =
        PastReport.read(
            utf8(
                "{\"schemaVersion\":\"1.0\",\"findings\":[{\"id\":\"GHSA-1\",\"kind\":\"advisory\",\"component\":\"pkg:npm/a@0.9.0\"}]}"));
    Thresholds thresholds =
        new Thresholds(
            List.of(new Threshold.Any()),
            List.of(),
            Vex.NONE,
            Optional.of(past),
            GapsPolicy.SHOWN,
            TODAY);

    assertThat(thresholds.judge(List.of(HIGH), List.of()).verdict().exitCode()).isZero();
    assertThat(thresholds.judge(List.of(HIGH, UNKNOWN), List.of()).verdict().reason())
        .isEqualTo("GO-1 crosses the threshold fail-on any");
  }

  @Test
  void aFindingIsFixedOnlyWhenItsFileWasReadAgain() throws DocumentException {
    PastReport past =
        PastReport.read(
            utf8(
                "{\"schemaVersion\":\"1.0\",\"findings\":["
                    + "{\"id\":\"A-1\",\"kind\":\"advisory\",\"component\":\"pkg:npm/x@1\",\"locations\":[{\"path\":\"read.json\"}]},"
                    + "{\"id\":\"A-2\",\"kind\":\"advisory\",\"component\":\"pkg:npm/y@1\",\"locations\":[{\"path\":\"broken.json\"}]}]}"));

    assertThat(past.until(List.of(HIGH), Set.of("read.json")))
        .isEqualTo(new PastReport.Difference(List.of(HIGH), List.of("A-1 pkg:npm/x@1"), 1, 0));
  }

  private static Judgement judge(List<Threshold> thresholds, RankedFinding... findings) {
    return plain(thresholds).judge(List.of(findings), List.of());
  }

  private static Judgement judge(Vex vex) {
    return new Thresholds(List.of(), List.of(), vex, Optional.empty(), GapsPolicy.SHOWN, TODAY)
        .judge(List.of(HIGH), List.of());
  }

  private static Thresholds plain(List<Threshold> thresholds) {
    return new Thresholds(
        thresholds, List.of(), Vex.NONE, Optional.empty(), GapsPolicy.SHOWN, TODAY);
  }

  private static Thresholds with(Ignore ignore) {
    return new Thresholds(
        List.of(), List.of(ignore), Vex.NONE, Optional.empty(), GapsPolicy.SHOWN, TODAY);
  }

  private static List<Ignored> ignored(Ignore ignore, RankedFinding finding) {
    return with(ignore).judge(List.of(finding), List.of()).ignored();
  }

  private static Subject about(String purl) {
    return new Subject.OfComponent(Purl.parse(purl));
  }

  private static Vex vex(String json) throws DocumentException {
    return Vex.read(utf8(json), "vex.json", Optional.empty());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RankedFinding ranked(
      String id, List<String> aliases, Kind kind, Severity severity, Purl purl) {
    return new RankedFinding(
        new Finding(
            new Identity(id, aliases),
            kind,
            Rating.of(severity),
            new Subject.OfComponent(purl),
            new Proof("x", null, List.of()),
            List.of(new Location("package-lock.json", 1))),
        List.of(),
        50);
  }
}
