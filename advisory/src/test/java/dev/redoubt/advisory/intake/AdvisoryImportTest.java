// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.AdvisoryFile;
import dev.redoubt.advisory.database.AdvisoryMatch;
import dev.redoubt.advisory.database.Source;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.testkit.Hostile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryImportTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path data;
  @TempDir Path input;

  @Test
  void aZipGivesOneFilePerEcosystemThatItsRecordsName() throws Exception {
    Path zip =
        zip(
            "all.zip",
            Map.of(
                "X-1.json",
                record("X-1", "npm", "a"),
                "X-2.json",
                record("X-2", "PyPI", "b"),
                "README.md",
                "no record"));

    ImportReport report = run(zip);

    assertThat(report.records()).isEqualTo(2);
    assertThat(report.ecosystems())
        .extracting(ImportReport.Published::ecosystem, ImportReport.Published::records)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("PyPI", 1),
            org.assertj.core.groups.Tuple.tuple("npm", 1));
    assertThat(ids("npm", "a")).containsExactly("X-1");
    assertThat(ids("PyPI", "B")).containsExactly("X-2");
  }

  @Test
  void aFolderIsReadWithItsFoldersItsZipsAndItsYaml() throws Exception {
    Files.createDirectories(input.resolve("deep/er/.git"));
    Files.writeString(input.resolve("deep/a.json"), record("X-1", "npm", "a"));
    Files.writeString(
        input.resolve("deep/er/b.yaml"),
        "id: X-2\naffected:\n- package: {ecosystem: npm, name: b}\n  versions: ['1.0.0']\n");
    Files.writeString(input.resolve("deep/er/.git/c.json"), record("X-3", "npm", "c"));
    zip("deep/er/all.zip", Map.of("d.json", record("X-4", "npm", "d")));

    assertThat(run(input).records()).isEqualTo(3);
    assertThat(ids("npm", "a")).containsExactly("X-1");
    assertThat(ids("npm", "b")).containsExactly("X-2");
    assertThat(ids("npm", "c")).isEmpty();
    assertThat(ids("npm", "d")).containsExactly("X-4");
  }

  @Test
  void aSingleRecordIsImported() throws Exception {
    Path file = input.resolve("one.json");
    Files.writeString(file, record("X-1", "npm", "a"));

    run(file);

    assertThat(ids("npm", "a")).containsExactly("X-1");
  }

  @Test
  void aSecondImportOfTheSameSourceReplacesItAndKeepsOthers() throws Exception {
    Path other = zip("other.zip", Map.of("a.json", record("O-1", "npm", "a")));
    Path zip =
        zip(
            "all.zip",
            Map.of("a.json", record("X-1", "npm", "a"), "b.json", record("X-2", "PyPI", "b")));
    run(other);
    run(zip);
    assertThat(ids("npm", "a")).containsExactly("O-1", "X-1");
    zip("all.zip", Map.of("c.json", record("X-3", "npm", "a")));

    run(zip);

    assertThat(ids("npm", "a")).containsExactly("O-1", "X-3");
    assertThat(AdvisoryDatabase.open(data).ecosystem("PyPI")).isEmpty();
  }

  @Test
  void theHeaderTellsSourceCountsAgeAndChecksum() throws Exception {
    Path zip = zip("all.zip", Map.of("a.json", record("MAL-1", "npm", "a"), "b.json", "{broken"));

    run(zip);

    Source source = file("npm").sources().getFirst();
    assertThat(source)
        .isEqualTo(
            new Source(
                zip.toRealPath().toString(),
                1,
                new Source.Rejected(1, source.rejected().first()),
                Instant.parse("2026-01-01T00:00:00Z"),
                CLOCK.instant(),
                new Source.Origin("Apache-2.0", source.origin().sha256())));
    assertThat(source.rejected().first())
        .singleElement()
        .asString()
        .startsWith("b.json: is not JSON");
    assertThat(source.origin().sha256()).hasSize(64);
  }

  @Test
  void rejectedRecordsAreCountedAndTheFirstTwentyListed() throws Exception {
    for (int i = 0; i < 30; i++) {
      Files.writeString(input.resolve("bad%02d.json".formatted(i)), "[]");
    }
    Files.writeString(input.resolve("good.json"), record("X-1", "npm", "a"));

    ImportReport report = run(input);

    assertThat(report.rejected().count()).isEqualTo(30);
    assertThat(report.rejected().first()).hasSize(20);
    assertThat(report.rejected()).isEqualTo(file("npm").sources().getFirst().rejected());
  }

  @Test
  void rejectedRecordsOfOneArchiveDoNotCountForTheEcosystemsOfAnother() throws Exception {
    zip("npm.zip", Map.of("a.json", record("X-1", "npm", "a"), "b.json", "{"));
    zip("pypi.zip", Map.of("a.json", record("X-2", "PyPI", "a")));

    run(input);

    assertThat(file("npm").sources().getFirst().rejected().count()).isEqualTo(1);
    assertThat(file("PyPI").sources().getFirst().rejected().count()).isZero();
  }

  @Test
  void hostileDocumentsAreRejectedAndTheRestIsRead() throws Exception {
    int number = 0;
    for (Map.Entry<String, byte[]> hostile : Hostile.inputs().entrySet()) {
      Files.write(input.resolve("h%02d.json".formatted(number)), hostile.getValue());
      Files.write(input.resolve("h%02d.yaml".formatted(number++)), hostile.getValue());
    }
    Files.writeString(input.resolve("good.json"), record("X-1", "npm", "a"));

    assertThat(run(input).rejected().count()).isEqualTo(2 * number);
    assertThat(ids("npm", "a")).containsExactly("X-1");
  }

  @Test
  void aTruncatedZipEndsTheImportAndChangesNothing() throws Exception {
    Path zip =
        zip(
            "all.zip",
            Map.of("a.json", record("X-1", "npm", "a"), "b.json", record("X-2", "npm", "b")));
    run(zip);
    byte[] before = Files.readAllBytes(file("npm").path());
    byte[] good = Files.readAllBytes(zip);

    for (int length = 0; length < good.length; length++) {
      Files.write(zip, Arrays.copyOf(good, length));
      assertRefused(zip, ErrorCode.ADVISORY_INPUT);
    }
    assertThat(Files.readAllBytes(file("npm").path())).isEqualTo(before);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void whatIsNoArchiveIsRefused() throws Exception {
    for (byte[] hostile : Hostile.inputs().values()) {
      Path zip = input.resolve("all.zip");
      Files.write(zip, hostile);
      assertRefused(zip, ErrorCode.ADVISORY_INPUT);
    }
    assertRefused(input.resolve("absent.zip"), ErrorCode.UNREADABLE);
    assertThat(AdvisoryDatabase.files(AdvisoryDatabase.folder(data))).isEmpty();
  }

  @Test
  void aDamagedEntryIsRejectedByItsChecksum() throws Exception {
    Path zip = input.resolve("all.zip");
    String bad = record("X-2", "npm", "b");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setLevel(0);
      put(out, "a.json", record("X-1", "npm", "a").getBytes(UTF_8));
      put(out, "b.json", bad.getBytes(UTF_8));
    }
    byte[] bytes = Files.readAllBytes(zip);
    int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("X-2");
    bytes[at + 2] = '9';
    Files.write(zip, bytes);

    ImportReport report = run(zip);

    assertThat(report.rejected().first())
        .containsExactly("b.json: is damaged: its CRC-32 does not match");
    assertThat(ids("npm", "b")).isEmpty();
  }

  @Test
  void aZipBombEndsTheImport() throws Exception {
    Path zip = input.resolve("bomb.zip");
    byte[] zeros = new byte[64 << 10];
    Arrays.fill(zeros, (byte) ' ');
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 0; i < 100; i++) {
        put(out, i + ".json", zeros);
      }
    }

    assertThatThrownBy(() -> run(zip, new Bounds(1 << 20, 1L << 40, 200, 1 << 20, 1000)))
        .hasMessageContaining("as in a zip bomb");
    assertThatThrownBy(() -> run(zip, new Bounds(1 << 20, 1 << 20, 1_000_000, 1 << 20, 1000)))
        .hasMessageContaining("1,048,576 bytes in all");
    assertThatThrownBy(() -> run(zip, new Bounds(1 << 20, 1L << 40, 1_000_000, 1 << 20, 50)))
        .hasMessageContaining("over 50 files");
  }

  @Test
  void anOversizedRecordIsRejectedByItself() throws Exception {
    Files.writeString(input.resolve("big.json"), record("X-1", "npm", "a") + " ".repeat(2000));
    Files.writeString(input.resolve("good.json"), record("X-2", "npm", "a"));

    ImportReport report = run(input, new Bounds(1500, 1 << 20, 200, 1 << 20, 1000));

    assertThat(report.rejected().first())
        .containsExactly("big.json: is over the limit of 1,500 bytes");
    assertThat(ids("npm", "a")).containsExactly("X-2");
  }

  @Test
  void anImportWithoutARecordIsRefusedAndSaysWhy() throws Exception {
    Files.writeString(input.resolve("a.json"), "{\"name\": \"left-pad\"}");

    assertThatThrownBy(() -> run(input))
        .isInstanceOfSatisfying(
            RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADVISORY_INPUT))
        .hasMessageContaining("holds no OSV record that names a package")
        .hasMessageContaining("a.json: is no OSV record: it has no usable \"id\"");
  }

  @Test
  void aDamagedFileIsWrittenAnewWithAWarning() throws Exception {
    Path zip = zip("all.zip", Map.of("a.json", record("X-1", "npm", "a")));
    run(zip);
    Path file = file("npm").path();
    Files.write(file, new byte[] {1, 2, 3});

    ImportReport report = run(zip);

    assertThat(report.warnings()).singleElement().asString().contains("it is written anew");
    assertThat(ids("npm", "a")).containsExactly("X-1");
  }

  @Test
  void twoImportsAtOnceAreRefused() throws Exception {
    Path zip = zip("all.zip", Map.of("a.json", record("X-1", "npm", "a")));
    Path folder = AdvisoryDatabase.folder(data);
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertRefused(zip, ErrorCode.UNWRITABLE);
    }
  }

  @Test
  void progressReachesItsEnd() throws Exception {
    Path zip =
        zip(
            "all.zip",
            Map.of("a.json", record("X-1", "npm", "a"), "b.json", record("X-2", "npm", "a")));
    List<String> heard = new ArrayList<>();

    new AdvisoryImport(
            data,
            CLOCK,
            Bounds.IMPORT,
            (what, done, total) ->
                heard.add(Path.of(what).getFileName() + " " + done + "/" + total))
        .run(AdvisoryImport.Request.of(zip));

    assertThat(heard).containsExactly("all.zip 2/2", "npm 0/1");
  }

  private ImportReport run(Path path) {
    return run(path, Bounds.IMPORT);
  }

  private ImportReport run(Path path, Bounds bounds) {
    return new AdvisoryImport(data, CLOCK, bounds, ImportProgress.NONE)
        .run(AdvisoryImport.Request.of(path));
  }

  private void assertRefused(Path path, ErrorCode code) {
    assertThatThrownBy(() -> run(path))
        .isInstanceOfSatisfying(RedoubtException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private AdvisoryFile file(String ecosystem) {
    return AdvisoryDatabase.open(data).ecosystem(ecosystem).orElseThrow().file();
  }

  private List<String> ids(String ecosystem, String name) {
    return AdvisoryDatabase.open(data)
        .ecosystem(ecosystem)
        .orElseThrow()
        .match(name, "1.0.0")
        .matches()
        .stream()
        .map(AdvisoryMatch::identity)
        .map(identity -> identity.id())
        .toList();
  }

  private List<Path> leftovers() throws IOException {
    try (var files = Files.list(AdvisoryDatabase.folder(data))) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  private Path zip(String name, Map<String, String> entries) throws IOException {
    Path zip = input.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        put(out, entry.getKey(), entry.getValue().getBytes(UTF_8));
      }
    }
    return zip;
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    OutputStream entry = out;
    entry.write(bytes);
    out.closeEntry();
  }

  private static String record(String id, String ecosystem, String name) {
    return """
    {"id": "%s", "modified": "2026-01-01T00:00:00Z", "affected": [
      {"package": {"ecosystem": "%s", "name": "%s"}, "versions": ["1.0.0"]}]}
    """
        .formatted(id, ecosystem, name);
  }
}
