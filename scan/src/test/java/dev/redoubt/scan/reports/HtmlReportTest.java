// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest extends ReportContract {

  @Override
  ReportFormat format() {
    return new HtmlReport();
  }

  @Override
  String extension() {
    return "html";
  }

  @Test
  void nothingForeignIsMarkup() {
    String html = text(SampleReport.full()).toLowerCase(Locale.ROOT);
    assertThat(all("<script", html)).hasSize(1);
    assertThat(all("</script", html)).hasSize(1);
    assertThat(all("<(img|iframe|object|embed|link|base|form)\\b", html)).isEmpty();
    assertThat(all("<[^>]*\\son[a-z]+=", html)).isEmpty();
    assertThat(all("<[^>]*\\sstyle=", html)).isEmpty();
  }

  @Test
  void everyLinkLeadsIntoThePageOrToAnAdvisory() {
    assertThat(all("(href|src|action)=\"[^\"]*\"", text(SampleReport.full())))
        .isNotEmpty()
        .allMatch(
            link -> link.matches("href=\"(#[a-z]+|https://osv\\.dev/vulnerability/[\\w-]+)\""));
  }

  @Test
  void theOnlyScriptIsAllowedByDigest() {
    assertThat(text(SampleReport.empty()))
        .containsPattern(
            "Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src"
                + " &#39;sha256-[^;]+&#39;; script-src &#39;sha256-[^;]+&#39;; base-uri"
                + " &#39;none&#39;; form-action &#39;none&#39;\"");
  }

  @Test
  void aReportOfThousandsOfFindingsKeepsItsGraphSmall() {
    String html = text(SampleReport.large(5000));
    assertThat(all("data-key=", html)).hasSize(5000);
    assertThat(all("class=\"node ", html)).hasSizeBetween(10, 120);
  }

  @Test
  void anEmptyReportHasNoGraphAndNoTable() {
    assertThat(text(SampleReport.empty()))
        .contains("No findings that count.", "No finding reaches")
        .doesNotContain("<svg", "<table id=\"findings-table\"");
  }

  private String text(ScanReport report) {
    return SampleReport.text(format(), report);
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }
}
