// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Severity;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.reports.ScanReport.Changes;
import dev.redoubt.scan.reports.ScanReport.Header;
import dev.redoubt.scan.thresholds.Verdict;
import java.util.List;
import java.util.Locale;

/// The top and the foot of the HTML report: the verdict, the counts, where the advisories are from.
final class HtmlSummary {

  private HtmlSummary() {}

  static void write(HtmlWriter html, ScanReport report) {
    html.open("header", "class", "top");
    html.open("div", "class", "bar");
    html.element("span", "Redoubt", "class", "brand");
    html.element("span", "scan report", "class", "muted");
    navigation(html);
    html.close("div").line();
    html.element("h1", report.header().target()).line();
    Header header = report.header();
    String time = header.time();
    html.element(
            "p",
            (time == null ? "time left out (reproducible)" : time)
                + " · redoubt "
                + header.version()
                + " · commit "
                + header.commit(),
            "class",
            "muted")
        .line();
    verdict(html, report);
    tiles(html, report);
    changes(html, report);
    html.close("header").line();
  }

  private static void navigation(HtmlWriter html) {
    html.open("nav", "aria-label", "Sections");
    for (String section :
        List.of("Findings", "Reach", "Gaps", "Ignored", "Servers", "Components")) {
      html.element("a", section, "href", "#" + section.toLowerCase(Locale.ROOT));
    }
    html.close("nav");
  }

  private static void verdict(HtmlWriter html, ScanReport report) {
    Verdict verdict = report.judgement().verdict();
    List<String> unchecked = Unchecked.ecosystems(report);
    String look =
        verdict.exitCode() == 1
            ? "bad"
            : verdict.exitCode() == 0 && unchecked.isEmpty() ? "good" : "unsure";
    String word =
        switch (verdict.exitCode()) {
          case 0 -> unchecked.isEmpty() ? "Passed" : "Passed, not fully checked";
          case 1 -> "Failed";
          default -> "Not everything was looked at";
        };
    html.open("div", "class", "verdict " + look, "role", "status");
    html.element("strong", word);
    html.element("span", Unchecked.verdict(report));
    html.element("span", "exit code " + verdict.exitCode(), "class", "muted");
    html.close("div").line();
  }

  private static void tiles(HtmlWriter html, ScanReport report) {
    List<RankedFinding> findings = report.judgement().findings();
    html.open("dl", "class", "tiles").line();
    tile(html, "malicious", "Malicious", JsonSummary.malicious(findings));
    for (Severity severity : Severity.values()) {
      String name = Words.of(severity);
      tile(html, name, capital(name), JsonSummary.count(findings, severity));
    }
    tile(html, "gap", "Gaps", report.coverage().gaps().size());
    tile(html, "plain", "Ignored", report.judgement().ignored().size());
    tile(html, "plain", "Components", report.inventory().components().size());
    tile(html, "plain", "Agents", report.inventory().agents().size());
    tile(html, "plain", "Servers", report.inventory().servers().size());
    tile(html, "plain", "Instructions", report.inventory().instructions().size());
    html.close("dl").line();
  }

  private static void tile(HtmlWriter html, String look, String name, long count) {
    html.open("div", "class", count == 0 ? "tile none" : "tile " + look);
    html.element("dt", name);
    html.element("dd", String.format(Locale.ROOT, "%,d", count));
    html.close("div").line();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static void changes(HtmlWriter html, ScanReport report) {
    Changes changes = report.changes();
    if (changes == null) {
      return;
    }
    html.open("details", "class", "changes");
    html.element(
        "summary",
        "Since the last scan: %d new, %d fixed, %d unchanged"
            .formatted(changes.added().size(), changes.fixed().size(), changes.unchanged()));
    html.open("ul");
    changes.added().forEach(one -> html.element("li", "new: " + one, "class", "new"));
    changes.fixed().forEach(one -> html.element("li", "fixed: " + one, "class", "fixed"));
    html.close("ul").close("details").line();
  }

  static void writeFooter(HtmlWriter html, ScanReport report) {
    html.open("footer").line();
    for (AdvisorySource source : report.coverage().advisories()) {
      String asOf = source.asOf();
      html.element(
              "p",
              "%s: %s advisories%s from %s"
                  .formatted(
                      source.ecosystem(),
                      String.format(Locale.ROOT, "%,d", source.records()),
                      asOf == null ? ", of unknown age," : " as of " + asOf,
                      source.source()))
          .line();
    }
    html.element(
            "p",
            "Risk is 0 to 100 by the published formula (docs/risk-score.md). An unknown severity is"
                + " not a low one.")
        .line();
    html.close("footer").line();
  }
}
