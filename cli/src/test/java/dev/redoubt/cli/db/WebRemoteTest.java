// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.AdvisoryMatch;
import dev.redoubt.advisory.intake.ImportProgress;
import dev.redoubt.advisory.intake.ImportReport;
import dev.redoubt.advisory.sync.AdvisorySync;
import dev.redoubt.advisory.sync.AdvisorySync.Origins;
import dev.redoubt.advisory.sync.AdvisorySync.SyncReport;
import dev.redoubt.cli.db.FeedServer.Fault;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole sync over the real client, against a server that fails on demand.
class WebRemoteTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);
  private static final String EXPORT = "/osv/npm/all.zip";

  @TempDir Path data;
  private FeedServer server;

  @BeforeEach
  void servesTheThreeFeeds() throws IOException {
    server = new FeedServer();
    server.serve(EXPORT, export("X-1"));
    server.serve("/kev", "{\"vulnerabilities\": [{\"cveID\": \"CVE-2026-1\"}]}".getBytes(UTF_8));
    server.serve("/epss", "cve,epss,percentile\nCVE-2026-1,0.5,0.9\n".getBytes(UTF_8));
  }

  @AfterEach
  void stopsServing() {
    server.close();
  }

  @Test
  void aSyncImportsTheExportsKevAndEpss() {
    SyncReport report = sync("npm");

    assertThat(report.imported())
        .extracting(ImportReport::source)
        .containsExactly(server.uri(EXPORT).toString());
    assertThat(matches()).containsExactly("X-1");
    AdvisoryDatabase database = AdvisoryDatabase.open(data);
    assertThat(database.enrichment().isExploited(List.of("CVE-2026-1"))).isTrue();
    assertThat(database.enrichment().epss(List.of("CVE-2026-1"))).hasValue(0.5);
  }

  @Test
  void whatDidNotChangeIsNotDownloadedAgain() throws Exception {
    sync("npm");

    SyncReport second = sync("npm");

    assertThat(second)
        .isEqualTo(
            new SyncReport(
                List.of(),
                Stream.of(EXPORT, "/kev", "/epss")
                    .map(path -> server.uri(path).toString())
                    .toList(),
                null,
                null));
    assertThat(server.log().subList(3, 6))
        .containsExactly("304 %s null".formatted(EXPORT), "304 /kev null", "304 /epss null");
    server.serve(EXPORT, export("X-2"));
    sync("npm");
    assertThat(matches()).containsExactly("X-2");
  }

  @Test
  void aBrokenTransferGoesOnWhereItStopped() {
    server.fail(Fault.RESET_HALFWAY);

    sync("npm");

    assertThat(matches()).containsExactly("X-1");
    assertThat(server.log().get(0)).isEqualTo("200 %s null".formatted(EXPORT));
    assertThat(server.log().get(1)).startsWith("206 %s bytes=".formatted(EXPORT));
  }

  @Test
  void aPartIsContinuedByTheNextRunUnlessTheFileChanged() throws Exception {
    server.fail(Fault.RESET_HALFWAY, Fault.ERROR_500, Fault.ERROR_500, Fault.ERROR_500);
    assertSourceError(() -> sync("npm"), "status 500");
    server.serve(EXPORT, export("X-2"));

    sync("npm");

    assertThat(matches()).containsExactly("X-2");
    assertThat(server.log()).filteredOn(line -> line.startsWith("200 " + EXPORT)).hasSize(2);
  }

  @Test
  void aTransferThatStandsStillIsGivenUpAndTriedAgain() {
    server.fail(Fault.STALL_HALFWAY);

    sync("npm");

    assertThat(matches()).containsExactly("X-1");
  }

  @Test
  void aServerErrorIsTriedAgainAndThenReported() {
    server.fail(Fault.ERROR_500, Fault.ERROR_500);
    sync("npm");
    assertThat(matches()).containsExactly("X-1");

    server.fail(Fault.ERROR_500, Fault.ERROR_500, Fault.ERROR_500, Fault.ERROR_500);
    assertSourceError(() -> sync("npm"), "status 500");
  }

  @Test
  void aMissingExportIsReportedAtOnceAndNothingIsPublished() {
    assertSourceError(() -> sync("npm", "PyPI"), "/osv/PyPI/all.zip: status 404");

    assertThat(AdvisoryDatabase.open(data).ecosystem("npm")).isEmpty();
    assertThat(AdvisoryDatabase.open(data).enrichment().kev()).isEmpty();
    assertThat(server.log())
        .containsExactly("200 %s null".formatted(EXPORT), "404 /osv/PyPI/all.zip null");
  }

  @Test
  void advisoriesStayPublishedWhenTheEnrichmentFails() {
    assertSourceError(
        () ->
            sync(
                new Origins(server.uri("/osv/"), server.uri("/nowhere"), server.uri("/epss")),
                "npm"),
        "/nowhere: status 404");

    assertThat(matches()).containsExactly("X-1");
  }

  @Test
  void aDownloadThatWasCompleteBeforeAFailureIsUsedLater() {
    assertSourceError(() -> sync("npm", "PyPI"), "status 404");

    sync("npm");

    assertThat(server.log().get(2)).isEqualTo("304 %s null".formatted(EXPORT));
    assertThat(matches()).containsExactly("X-1");
  }

  @Test
  void aWrongChecksumIsNeverImported() throws Exception {
    server.fail(Fault.WRONG_HASH, Fault.WRONG_HASH, Fault.WRONG_HASH, Fault.WRONG_HASH);

    assertSourceError(() -> sync("npm"), "its CRC-32C does not match");

    assertThat(AdvisoryDatabase.open(data).ecosystem("npm")).isEmpty();
  }

  @Test
  void rightChecksumsAreAccepted() throws Exception {
    byte[] content = export("X-1");
    CRC32C crc = new CRC32C();
    crc.update(content);
    byte[] sum = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    server.serve(EXPORT, content);
    server.hash(EXPORT, "crc32c=" + Base64.getEncoder().encodeToString(sum));

    sync("npm");

    assertThat(matches()).containsExactly("X-1");
  }

  @Test
  void anotherRangeThanAskedForIsThrownAway() {
    server.fail(Fault.RESET_HALFWAY, Fault.OTHER_RANGE);

    sync("npm");

    assertThat(matches()).containsExactly("X-1");
    assertThat(server.log().get(2)).isEqualTo("200 %s null".formatted(EXPORT));
  }

  @Test
  void aDamagedExportIsTheSourcesFaultAndKeepsTheFormerData() throws Exception {
    sync("npm");
    byte[] whole = export("X-2");
    server.serve(EXPORT, Arrays.copyOf(whole, whole.length - 30));

    assertSourceError(() -> sync("npm"), "is no readable zip archive");

    assertThat(matches()).containsExactly("X-1");
  }

  @Test
  void aRedirectWithinTheHostIsFollowedAndOneToAnotherIsNot() {
    server.redirect("/osv/npm/all.zip", "/moved.zip");
    server.serve("/moved.zip", exportOf("X-3"));
    sync("npm");
    assertThat(matches()).containsExactly("X-3");

    server.redirect("/osv/npm/all.zip", "https://elsewhere.example/all.zip");
    assertSourceError(
        () -> sync("npm"), "redirects to another place, https://elsewhere.example/all.zip");
    server.redirect("/osv/npm/all.zip", "/osv/npm/all.zip");
    assertSourceError(() -> sync("npm"), "redirects more than 5 times");
  }

  @Test
  void plainHttpIsForLoopbackOnly() {
    for (String base :
        List.of(
            "http://mirror.example",
            "http://10.0.0.1",
            "http://127.0.0.1.example",
            "ftp://127.0.0.1",
            "file:///etc")) {
      assertSourceError(
          () -> sync(new Origins(URI.create(base), server.uri("/kev"), server.uri("/epss")), "npm"),
          "is not https, nor http on loopback");
    }
    assertThat(server.log()).isEmpty();
  }

  private SyncReport sync(String... ecosystems) {
    return sync(
        new Origins(server.uri("/osv/"), server.uri("/kev"), server.uri("/epss")), ecosystems);
  }

  private SyncReport sync(Origins origins, String... ecosystems) {
    return new AdvisorySync(
            data,
            new WebRemote(Duration.ofSeconds(10)),
            CLOCK,
            Duration.ofSeconds(1),
            ImportProgress.NONE)
        .run(origins, List.of(ecosystems));
  }

  private List<String> matches() {
    return AdvisoryDatabase.open(data)
        .ecosystem("npm")
        .orElseThrow()
        .match("left-pad", "1.0.0")
        .matches()
        .stream()
        .map(AdvisoryMatch::identity)
        .map(identity -> identity.id())
        .toList();
  }

  private static void assertSourceError(ThrowingCallable sync, String message) {
    assertThatThrownBy(sync)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADVISORY_SOURCE));
  }

  private static byte[] exportOf(String id) {
    try {
      return export(id);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /* Large enough that half of it is more than one packet. */
  private static byte[] export(String id) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(0);
      zip.putNextEntry(new ZipEntry(id + ".json"));
      zip.write(
          """
          {"id": "%s", "modified": "2026-01-01T00:00:00Z", "details": "%s", "affected": [
            {"package": {"ecosystem": "npm", "name": "left-pad"}, "versions": ["1.0.0"]}]}
          """
              .formatted(id, "x".repeat(200_000))
              .getBytes(UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }
}
