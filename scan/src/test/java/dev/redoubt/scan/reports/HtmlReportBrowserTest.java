// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Engines;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The HTML report in a real browser: the script runs, nothing foreign does.
@NeedsEngine("chromium")
class HtmlReportBrowserTest {

  private static final long SECONDS = 90;

  @TempDir private Path folder;

  @Test
  void theScriptRunsAndNothingForeignDoes() throws Exception {
    String page = open(SampleReport.full(), "");
    assertThat(page)
        .contains("data-ready=\"true\"", "data-errors=\"0\"", "data-matching=\"6\"")
        .contains("6 of 6</output>")
        .doesNotContain("<img");
  }

  @Test
  void aLinkCanCarryAFilter() throws Exception {
    assertThat(open(SampleReport.full(), "#q=tiny-yaml%20runs"))
        .contains("data-matching=\"1\"", "data-errors=\"0\"");
  }

  @Test
  void aBoxOfTheGraphShowsTheFindingsOnItsPaths() throws Exception {
    assertThat(open(SampleReport.full(), "#box=0"))
        .contains("data-followed=\"1\"", "data-matching=\"1\"", "aria-pressed=\"true\"")
        .contains("class=\"following\"");
  }

  @Test
  void anEmptyReportRunsToo() throws Exception {
    assertThat(open(SampleReport.empty(), "")).contains("data-ready=\"true\"", "data-errors=\"0\"");
  }

  @Test
  void fiveThousandFindingsAreShownInParts() throws Exception {
    assertThat(open(SampleReport.large(5000), ""))
        .contains("data-matching=\"5000\"", "data-visible=\"200\"", "data-errors=\"0\"");
  }

  /// Returns the page as it is after its script ran.
  private String open(ScanReport report, String fragment) throws Exception {
    Path page = folder.resolve("report.html");
    Files.writeString(page, SampleReport.text(new HtmlReport(), report));
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("log.txt");
    Process browser =
        new ProcessBuilder(command(page.toUri() + fragment))
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .redirectInput(Redirect.from(Files.createFile(folder.resolve("in.txt")).toFile()))
            .start();
    try {
      assertThat(browser.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
    }
    assertThat(read(log)).doesNotContain("CONSOLE");
    return read(dom);
  }

  private List<String> command(String address) {
    return List.of(
        Engines.path("chromium").toString(),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
        "--enable-logging=stderr",
        "--virtual-time-budget=10000",
        "--user-data-dir=" + folder.resolve("profile"),
        "--dump-dom",
        address);
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
