// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.scan.reports.ScanReport.Coverage;
import dev.redoubt.scan.reports.ScanReport.Header;
import dev.redoubt.scan.thresholds.Judgement;
import dev.redoubt.scan.thresholds.Verdict;
import dev.redoubt.testkit.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleReportTest extends ReportContract {

  @Override
  ReportFormat format() {
    return new ConsoleReport(false);
  }

  @Override
  String extension() {
    return "txt";
  }

  @Test
  void coloursAreOnlyOurs() {
    String text = SampleReport.text(new ConsoleReport(true), SampleReport.full());
    Golden.check(text, "ConsoleReportTest/colored.txt");
    assertThat(text.replaceAll("\u001b\\[(0|1|2|3[123]|1;31)m", ""))
        .isEqualTo(SampleReport.text(new ConsoleReport(false), SampleReport.full()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 80, 100, 120, 1000})
  void noLineButTheVerdictIsWiderThanTheTerminal(int columns) {
    int most = Math.clamp(columns, 80, 120);
    String text = SampleReport.text(new ConsoleReport(false, columns), SampleReport.full());
    assertThat(text.lines().filter(line -> !line.startsWith("verdict: ")))
        .allSatisfy(line -> assertThat(ConsolePage.width(line)).isLessThanOrEqualTo(most));
  }

  @Test
  void theLastLineIsTheVerdict() {
    String text = SampleReport.text(format(), SampleReport.full());
    assertThat(text.lines().toList().getLast())
        .isEqualTo(
            "verdict: MAL-2026-0001 crosses the threshold malicious; vulnerabilities not checked"
                + " for Go (exit 1)");
  }

  @Test
  void maliciousComesFirst() {
    String text = SampleReport.text(format(), SampleReport.full());
    assertThat(text.indexOf("MAL-2026-0001  ")).isLessThan(text.indexOf("CVE-2026-1111  "));
  }

  @Test
  void withoutAdvisoriesNothingIsCalledClean() {
    ScanReport report =
        new ScanReport(
            new Header("0.1.0", "0123abc", ".", null),
            Inventory.EMPTY,
            new Judgement(List.of(), List.of(), List.of(), new Verdict(0, "none", "no findings")),
            new Coverage(
                List.of(new Gap(null, null, "no advisories for npm", "run redoubt db sync")),
                List.of(),
                List.of()),
            null);
    String text = SampleReport.text(format(), report);
    assertThat(text)
        .contains("npm: none here, vulnerabilities not checked")
        .doesNotContain("clean");
    assertThat(text.lines().toList().getLast())
        .isEqualTo("verdict: no findings; vulnerabilities not checked for npm (exit 0)");
  }
}
