// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanEvidenceTest {

  private static final String LOCK =
      """
      {"name": "p", "version": "1.0.0", "lockfileVersion": 3, "packages": {
        "": {"name": "p", "dependencies": {"ein-\u00e4": "1.0.0"}},
        "node_modules/one": {"version": "1.0.0"}
      }}
      """;

  @TempDir Path root;
  private Path here;
  private Terminal terminal;

  @BeforeEach
  void aProject() throws IOException {
    here = Files.createDirectories(root.resolve("here"));
    terminal = new Terminal(here, root.resolve("home"));
    Files.writeString(here.resolve("package-lock.json"), LOCK);
  }

  @Test
  void aScanIsOneEventThatVerifiesAndNamesItsReport() throws Exception {
    terminal.redoubt("scan", ".", "--no-machine", "-f", "json", "-o", "report.json");

    assertThat(terminal.redoubt("evidence", "verify").exitCode()).isZero();
    List<Node> events = events();
    assertThat(events).hasSize(1);
    Node event = events.getFirst();
    assertThat(event.text("actor")).contains("user");
    Node payload = event.get("payload").orElseThrow();
    assertThat(payload.text("target")).contains(here.toString());
    Node report = json(Files.readString(here.resolve("report.json")));
    assertThat(payload.get("summary").orElseThrow().get("components").orElseThrow().scalar())
        .contains("1");
    assertThat(payload.get("verdict").orElseThrow().text("reason"))
        .isEqualTo(report.get("verdict").orElseThrow().text("reason"))
        .isNotEmpty();
    assertThat(payload.get("report").orElseThrow().text("format")).contains("json");
    assertThat(payload.get("report").orElseThrow().text("sha256"))
        .contains(sha256(Files.readAllBytes(here.resolve("report.json"))));
  }

  @Test
  void theDigestIsOfWhatWasPrinted() throws Exception {
    for (String format : List.of("console", "json", "sarif", "html", "cyclonedx", "markdown")) {
      Run run = terminal.redoubt("scan", ".", "--no-machine", "-f", format);

      assertThat(events().getLast().get("payload").orElseThrow().get("report").orElseThrow())
          .satisfies(report ->
              assertThat(report.text("sha256"))
                  .as(format)
                  .contains(sha256(run.out().getBytes(StandardCharsets.UTF_8))));
    }
  }

  @Test
  void whatIsReproducibleIsInTheEvidenceAndTheSame() {
    Run first = terminal.redoubt("scan", ".", "--no-machine", "--reproducible", "--json");
    Run second = terminal.redoubt("scan", ".", "--no-machine", "--reproducible", "--json");

    assertThat(second).isEqualTo(first);
    assertThat(events()).hasSize(2);
  }

  @Test
  void theSampleEstateLeavesNoTrace() {
    terminal.redoubt("scan", "--demo", "--no-machine");

    assertThat(root.resolve("home")).doesNotExist();
  }

  @Test
  void aScanThatLeavesNoTraceSaysSoAndStands() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "no folder");
    Run usual = terminal.redoubt("scan", ".", "--no-machine", "--json");

    Run run =
        terminal.redoubt("scan", ".", "--no-machine", "--json", "--data-dir", file.toString());

    assertThat(run.exitCode()).isEqualTo(usual.exitCode());
    assertThat(run.out()).isEqualTo(usual.out());
    assertThat(run.err())
        .contains("redoubt: the next scan cannot say what changed: ")
        .contains("redoubt: this scan is not in the evidence: ");
  }

  @Test
  void aScanThatFailedIsNoScan() {
    assertThat(terminal.redoubt("scan", "nowhere", "--no-machine").exitCode()).isEqualTo(4);

    assertThat(terminal.redoubt("evidence", "list").out()).doesNotContain("scan");
  }

  private List<Node> events() {
    return terminal
        .redoubt("evidence", "show", "scan", "--json")
        .out()
        .lines()
        .map(ScanEvidenceTest::json)
        .filter(entry -> entry.text("kind").orElse("").equals("scan"))
        .toList();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static Node json(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8), Limits.SCAN);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
