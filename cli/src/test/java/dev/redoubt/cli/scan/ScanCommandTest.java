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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanCommandTest {

  private static final String LOCK =
      """
      {"name": "p", "version": "1.0.0", "lockfileVersion": 3, "packages": {
        "": {"name": "p", "dependencies": {"weak": "1.0.0"}},
        "node_modules/weak": {"version": "%s"}
      }}
      """;

  @TempDir Path root;
  private Path here;
  private Terminal terminal;

  @BeforeEach
  void aProjectAndAnAdvisory() throws IOException {
    here = Files.createDirectories(root.resolve("here"));
    terminal = new Terminal(here, root.resolve("home"));
    Files.writeString(here.resolve("package-lock.json"), LOCK.formatted("1.0.0"));
    Files.writeString(
        root.resolve("advisory.json"),
        """
        {"id": "GHSA-weak", "modified": "2026-01-01T00:00:00Z", "aliases": ["CVE-2026-77"],
         "summary": "weak is weak", "severity": [{"type": "CVSS_V3", "score":
           "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}],
         "affected": [{"package": {"ecosystem": "npm", "name": "weak"},
           "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.0.1"}]}]}]}
        """);
  }

  @Test
  void theDemoTellsTheWholeStory() throws IOException {
    Run run = terminal.redoubt("scan", "--demo", "--json");
    Node report = json(run.out());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(ids(report)).contains("MAL-1900-0001", "CVE-1900-0001");
    assertThat(report.get("verdict").orElseThrow().text("threshold")).contains("malicious");
    assertThat(report.items("gaps")).isNotEmpty();
    assertThat(
            report.items("findings").stream()
                .filter(finding -> finding.text("id").orElse("").equals("CVE-1900-0001"))
                .flatMap(finding -> finding.items("reach").stream())
                .map(path -> path.items().getLast().scalar().orElse("")))
        .containsExactly("credential:DEMO_CLOUD_TOKEN");
  }

  @Test
  void withoutAdvisoriesTheLastLineSaysSo() {
    Run run = scan();

    assertThat(run.exitCode()).isZero();
    assertThat(run.lastLine()).contains("vulnerabilities not checked").doesNotContain("clean");
  }

  @Test
  void aFindingCrossesTheThresholdThatCoversIt() {
    importAdvisory();

    assertThat(scan().exitCode()).isZero();
    assertThat(scan("--fail-on", "critical").exitCode()).isZero();
    assertThat(scan("--fail-on", "high").exitCode()).isEqualTo(1);
    assertThat(scan("--fail-on", "high").lastLine())
        .contains("CVE-2026-77 crosses the threshold fail-on high");
  }

  @Test
  void gapsUnderStrictEndInThree() throws IOException {
    importAdvisory();
    Files.writeString(here.resolve("yarn.lock"), "\u0000");

    assertThat(scan("--strict").exitCode()).isEqualTo(3);
    assertThat(scan("--strict", "--fail-on", "any").exitCode()).isEqualTo(1);
  }

  @Test
  void aBaselineLetsOnlyNewFindingsCount() {
    importAdvisory();
    scan("-f", "json", "-o", "base.json");

    assertThat(scan("--fail-on", "any", "--baseline", "base.json").exitCode()).isZero();
  }

  @Test
  void anIgnoreIsListedAndExpires() throws IOException {
    importAdvisory();
    ignoreUntil("2026-06-15");
    assertThat(scan("--fail-on", "any").exitCode()).isZero();
    assertThat(scan().out()).contains("Ignored").contains("we live with it");

    ignoreUntil("2026-06-14");
    assertThat(scan("--fail-on", "any").exitCode()).isEqualTo(1);
  }

  @Test
  void theReportGoesToTheFileAndASummaryToTheScreen() throws IOException {
    Run run = scan("-f", "json", "-o", "out/report.json");

    assertThat(run.out())
        .startsWith("1 components, 0 findings, 1 gaps\nreport: ")
        .contains("verdict: ");
    assertThat(json(Files.readString(here.resolve("out/report.json"))).items("components"))
        .hasSize(1);
  }

  @Test
  void theSameInputGivesTheSameBytesWhenReproducible() {
    importAdvisory();

    assertThat(scan("--reproducible", "--json").out())
        .isEqualTo(scan("--reproducible", "--json").out())
        .doesNotContain("2026-06-15T12");
  }

  @Test
  void aRescanSaysWhatIsFixed() throws IOException {
    importAdvisory();
    scan();
    Files.writeString(here.resolve("package-lock.json"), LOCK.formatted("1.0.1"));

    assertThat(scan().out()).contains("0 new, 1 fixed, 0 unchanged");
  }

  @Test
  void aRescanCallsNothingFixedThatItCouldNotReadAgain() throws IOException {
    importAdvisory();
    scan();
    Files.writeString(here.resolve("package-lock.json"), "{");

    assertThat(scan().out()).contains("0 new, 0 fixed, 0 unchanged");
  }

  @Test
  void wrongArgumentsAreUsageErrorsThatQuoteTheValue() {
    assertThat(scan("--fail-on", "bad").err())
        .startsWith("redoubt: --fail-on \"bad\" is not critical, high, medium, low or any\n");
    assertThat(scan("-f", "pdf").exitCode()).isEqualTo(2);
    assertThat(scan("--json", "-f", "html").exitCode()).isEqualTo(2);
    assertThat(scan("--baseline", "package-lock.json").exitCode()).isEqualTo(2);
    assertThat(scan("--vex", "missing.json").exitCode()).isEqualTo(4);
  }

  @Test
  void aPathThatIsNotThereIsAnEnvironmentError() {
    Run run = terminal.redoubt("scan", "nowhere");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("nowhere\": there is no such file or folder");
  }

  private Run scan(String... more) {
    List<String> arguments =
        Stream.concat(Stream.of("scan", ".", "--no-machine"), Stream.of(more)).toList();
    return terminal.redoubt(arguments.toArray(String[]::new));
  }

  private void importAdvisory() {
    assertThat(
            terminal.redoubt("db", "import", root.resolve("advisory.json").toString()).exitCode())
        .isZero();
  }

  private void ignoreUntil(String day) throws IOException {
    Files.writeString(
        here.resolve("redoubt.toml"),
        """
        [[scan.ignores]]
        id = "GHSA-weak"
        package = "pkg:npm/weak"
        reason = "we live with it"
        expires = "%s"
        """
            .formatted(day));
  }

  private static List<String> ids(Node report) {
    return report.items("findings").stream().map(finding -> finding.text("id").orElse("")).toList();
  }

  private static Node json(String text) throws IOException {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), Limits.SCAN);
  }
}
