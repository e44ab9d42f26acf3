// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbCommandsTest {

  private static final String RECORD =
      """
      {"id": "MAL-2026-1", "modified": "2026-11-02T00:00:00Z", "affected": [
        {"package": {"ecosystem": "npm", "name": "left-pad"}, "versions": ["1.0.0"]}]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void oneRecordAndOneBrokenFile() throws Exception {
    Files.createDirectories(folder.resolve("osv"));
    Files.writeString(folder.resolve("osv/good.json"), RECORD);
    Files.writeString(folder.resolve("osv/bad\u001b[2J.json"), "[]");
    Files.writeString(
        folder.resolve("kev.json"), "{\"vulnerabilities\": [{\"cveID\": \"CVE-2026-1\"}]}");
    Files.writeString(folder.resolve("epss.csv"), "cve,epss,percentile\nCVE-2026-1,0.5,0.9\n");
  }

  @Test
  void anImportSaysWhatItDidAndWhatItCouldNotRead() throws Exception {
    Ended ended = run("db", "import", "osv", "--kev", "kev.json", "--epss", "epss.csv");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .containsExactly(
            "npm                  1 records, 1 with those of other sources, %d bytes"
                .formatted(Files.size(folder.resolve("data/advisories/npm.advisories"))),
            "imported 1 records from %s; 1 rejected, 0 name no package"
                .formatted(folder.resolve("osv").toRealPath()),
            "imported 1 KEV entries as of 1970-01-01T00:00:00Z; 0 rejected",
            "imported 1 EPSS entries as of 1970-01-01T00:00:00Z; 0 rejected");
    assertThat(ended.err())
        .containsExactly(
            "rejected: bad<U+001B>[2J.json: is no OSV record: the document is not an object (line"
                + " 1)");
  }

  @Test
  void anImportInJsonIsOneObject() throws Exception {
    Node json = json(run("db", "import", "osv", "--json"));

    assertThat(json.scalar("records")).contains("1");
    assertThat(json.get("rejected").orElseThrow().scalar("count")).contains("1");
    assertThat(json.items("ecosystems").getFirst().text("ecosystem")).contains("npm");
    assertThat(json.get("kev")).containsInstanceOf(Node.Nothing.class);
  }

  @Test
  void statusTellsSourcesAgeLicenceAndChecksum() throws Exception {
    run("db", "import", "osv", "--source", "mine", "--kev", "kev.json");

    Ended ended = run("db", "status");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().get(0)).startsWith("npm: 1 records, 1 in force, ");
    assertThat(ended.out().get(1))
        .startsWith(
            "  mine: 1 records, newest 20 days old, imported 2026-11-22T00:00:00Z, licence"
                + " Apache-2.0, 1 rejected, sha256 ");
    assertThat(ended.out().get(2)).startsWith("    rejected: bad<U+001B>");
    assertThat(ended.out().get(3)).startsWith("KEV: 1 entries, unknown old, ");
    assertThat(ended.out().get(4)).isEqualTo("EPSS: not imported");
    Node npm = json(run("db", "status", "-f", "json")).items("ecosystems").getFirst();
    assertThat(npm.items("sources").getFirst().text("asOf")).contains("2026-11-02T00:00:00Z");
  }

  @Test
  void statusWithoutAnImportSaysWhatToRun() {
    assertThat(run("db", "status").out().getFirst())
        .isEqualTo(
            "no advisories in %s: run redoubt db sync or redoubt db import"
                .formatted(folder.resolve("data/advisories")));
  }

  @Test
  void damageIsShownByStatusAndVerify() throws Exception {
    run("db", "import", "osv");
    assertThat(run("db", "verify"))
        .isEqualTo(new Ended(0, List.of("checked 1 ecosystems, damaged 0"), List.of()));
    Path file = folder.resolve("data/advisories/npm.advisories");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    String message =
        "cannot use \"%s\": it is corrupted: its checksum does not match: run redoubt db import … or redoubt db sync"
            .formatted(file);

    assertThat(run("db", "verify"))
        .isEqualTo(new Ended(1, List.of(message, "checked 1 ecosystems, damaged 1"), List.of()));
    Ended status = run("db", "status");
    assertThat(status.code()).isEqualTo(4);
    assertThat(status.err()).containsExactly("redoubt: " + message);
  }

  @Test
  void whenOneInputIsNoGoodNothingIsPublished() throws Exception {
    Files.writeString(folder.resolve("epss.csv"), "<html>");

    assertThat(run("db", "import", "osv", "--kev", "kev.json", "--epss", "epss.csv").code())
        .isEqualTo(2);
    assertThat(run("db", "import", "absent", "--kev", "kev.json").code()).isEqualTo(4);

    assertThat(run("db", "status").out())
        .containsExactly(
            "no advisories in %s: run redoubt db sync or redoubt db import"
                .formatted(folder.resolve("data/advisories")),
            "KEV: not imported",
            "EPSS: not imported");
  }

  @Test
  void anImportOfNothingIsAUsageError() {
    assertThat(run("db", "import").code()).isEqualTo(2);
    assertThat(run("db", "import", "osv", "-f", "xml").code()).isEqualTo(2);
  }

  @Test
  void aSyncConnectsOnlyWhereItMay() throws Exception {
    assertThat(run("db", "sync", "--offline").code()).isEqualTo(2);
    assertThat(run("db", "sync", "--osv-url", "not an address").code()).isEqualTo(2);
    assertThat(run("db", "sync", "--kev-url", "https://user:pw@kev.example").code()).isEqualTo(2);
    assertThat(run("db", "sync", "--ecosystem", "").code()).isEqualTo(2);
    Files.writeString(
        folder.resolve("mirror.toml"), "[advisories]\nosv-url = \"http://mirror.example\"\n");
    assertThat(run("db", "sync", "--config", "mirror.toml").err().getFirst())
        .startsWith("redoubt: cannot download http://mirror.example/npm/all.zip:");
    assertThat(run("db", "sync", "--osv-url", "http://osv.example"))
        .isEqualTo(
            new Ended(
                5,
                List.of(),
                List.of(
                    "redoubt: cannot download http://osv.example/npm/all.zip:"
                        + " \"http://osv.example/npm/all.zip\" is not https, nor http on loopback:"
                        + " try again, or import a copy with redoubt db import")));
  }

  @Test
  void pathPrintsTheFolder() {
    assertThat(run("db", "path"))
        .isEqualTo(new Ended(0, List.of(folder.resolve("data/advisories").toString()), List.of()));
  }

  private static Node json(Ended ended) throws Exception {
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).hasSize(1);
    return Json.read(ended.out().getFirst().getBytes(StandardCharsets.UTF_8), Limits.SCAN);
  }

  private Ended run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data-dir", folder.resolve("data").toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            all,
            new Surroundings(
                Map.of(),
                folder,
                new Streams(
                    new ByteArrayInputStream(new byte[0]),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    Terminals.NONE),
                Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC)));
    return new Ended(
        code,
        out.toString(StandardCharsets.UTF_8).lines().toList(),
        err.toString(StandardCharsets.UTF_8).lines().toList());
  }

  private record Ended(int code, List<String> out, List<String> err) {}
}
