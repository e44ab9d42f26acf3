// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.enrichment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.NeedsSharedData;
import dev.redoubt.testkit.SharedData;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichmentTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);
  private static final String EPSS =
      """
      #model_version:v2025.03.14,score_date:2026-08-25T00:00:00+0000
      cve,epss,percentile
      CVE-2026-1000,0.97565,0.99998
      CVE-2026-1001,0.00043,0.10000
      CVE-1999-0001,1.0,1.0
      CVE-2026-1234567,0.5
      broken,0.5,0.5
      CVE-2026-1002,NaN,0.5
      CVE-2026-1003,1.5,0.5
      """;

  @TempDir Path folder;

  @Test
  void kevListsACveWhateverItsCaseAndWhateverStandsBesideIt() throws Exception {
    kev(
        """
        {"dateReleased": "2026-08-25T17:04:19.9796Z", "vulnerabilities": [
          {"cveID": "CVE-2026-1000"}, {"cveID": "none"}, {}]}
        """);

    Enrichment enrichment = Enrichment.open(folder);

    assertThat(enrichment.isExploited(List.of("GHSA-x", "cve-2026-1000"))).isTrue();
    assertThat(enrichment.isExploited(List.of("CVE-2026-100", "CVE-2026-10000", "X"))).isFalse();
    Feed feed = enrichment.kev().orElseThrow().feed();
    assertThat(enrichment.kev())
        .contains(
            new Enrichment.State(
                new Feed(
                    "kev",
                    Instant.parse("2026-08-25T17:04:19.979600Z"),
                    CLOCK.instant(),
                    2,
                    feed.sha256()),
                1));
    enrichment.verify();
  }

  @Test
  void epssGivesTheHighestProbabilityOfSeveralIds() throws Exception {
    Files.writeString(folder.resolve("epss.csv"), EPSS);
    publish(EpssImport.stage(folder, folder.resolve("epss.csv"), "epss", CLOCK));

    Enrichment enrichment = Enrichment.open(folder);

    assertThat(enrichment.epss(List.of("CVE-2026-1001", "CVE-2026-1000", "GHSA-x")))
        .hasValue(0.97565);
    assertThat(enrichment.epss(List.of("CVE-2026-1234567"))).hasValue(0.5);
    assertThat(enrichment.epss(List.of("CVE-1999-0001"))).hasValue(1.0);
    assertThat(enrichment.epss(List.of("CVE-2026-1002", "CVE-2026-1003"))).isEmpty();
    Enrichment.State state = enrichment.epss().orElseThrow();
    assertThat(state.entries()).isEqualTo(4);
    assertThat(state.feed().rejected()).isEqualTo(3);
    assertThat(state.feed().asOf()).isEqualTo(Instant.parse("2026-08-25T00:00:00Z"));
  }

  @Test
  void epssMayBeCompressed() throws Exception {
    Path file = folder.resolve("epss.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(EPSS.getBytes(UTF_8));
    }

    assertThat(publish(EpssImport.stage(folder, file, "epss", CLOCK)).entries()).isEqualTo(4);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 12));
    assertRefused(() -> EpssImport.stage(folder, file, "epss", CLOCK));
  }

  @Test
  void whatWasNeverImportedIsAbsent() {
    Enrichment enrichment = Enrichment.open(folder);

    assertThat(enrichment.kev()).isEmpty();
    assertThat(enrichment.epss()).isEmpty();
    assertThat(enrichment.isExploited(List.of("CVE-2026-1000"))).isFalse();
    assertThat(enrichment.epss(List.of("CVE-2026-1000"))).isEmpty();
  }

  @Test
  void aRefusedFeedLeavesTheFormerOneInPlace() throws Exception {
    kev("{\"vulnerabilities\": [{\"cveID\": \"CVE-2026-1000\"}]}");
    Path file = folder.resolve("bad");
    for (byte[] hostile : Hostile.inputs().values()) {
      Files.write(file, hostile);
      assertRefused(() -> KevImport.stage(folder, file, "kev", CLOCK));
      assertRefused(() -> EpssImport.stage(folder, file, "epss", CLOCK));
    }

    assertThat(Enrichment.open(folder).isExploited(List.of("CVE-2026-1000"))).isTrue();
    assertThat(Enrichment.open(folder).epss()).isEmpty();
  }

  @Test
  void aFlippedByteIsRefused() throws Exception {
    kev("{\"vulnerabilities\": [{\"cveID\": \"CVE-2026-1000\"}]}");
    Path file = Enrichment.kevPath(folder);
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      Files.write(file, bad);
      assertThatThrownBy(() -> Enrichment.open(folder))
          .isInstanceOfSatisfying(
              RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADVISORY_FILE));
    }
  }

  @Test
  @NeedsSharedData
  void theRealCatalogueIsReadCompletely() {
    Path file = SharedData.path("enrichment/known_exploited_vulnerabilities.json");

    assertThat(publish(KevImport.stage(folder, file, "kev", CLOCK)).entries()).isEqualTo(1404);
    assertThat(Enrichment.open(folder).isExploited(List.of("CVE-2025-48384"))).isTrue();
  }

  private void kev(String json) throws Exception {
    Path file = Files.writeString(folder.resolve("kev.json"), json);
    publish(KevImport.stage(folder, file, "kev", CLOCK));
  }

  private static Enrichment.State publish(StagedFeed staged) {
    try (staged) {
      staged.publish();
      return staged.state();
    }
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable run) {
    assertThatThrownBy(run)
        .isInstanceOfSatisfying(
            RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADVISORY_INPUT));
  }
}
