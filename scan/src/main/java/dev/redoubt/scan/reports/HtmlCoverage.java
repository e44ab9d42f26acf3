// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.scan.engine.Skip;
import dev.redoubt.scan.thresholds.Ignored;
import java.util.List;

/// What was not looked at and what does not count, in the HTML report.
final class HtmlCoverage {

  private HtmlCoverage() {}

  static void write(HtmlWriter html, ScanReport report) {
    html.open("section", "id", "gaps").line().element("h2", "Not looked at").line();
    gaps(html, report.coverage().gaps());
    skipped(html, report.coverage().skipped());
    html.close("section").line();
    html.open("section", "id", "ignored").line().element("h2", "Ignored").line();
    ignored(html, report.judgement().ignored());
    html.close("section").line();
  }

  private static void gaps(HtmlWriter html, List<Gap> gaps) {
    if (gaps.isEmpty()) {
      html.element("p", "No gaps: everything that was wanted was looked at.", "class", "muted");
      return;
    }
    html.open("div", "class", "scroll").open("table", "data-sort", "").line();
    HtmlTable.head(html, "Where", "What could not be done", "To fix it");
    html.open("tbody").line();
    for (Gap gap : gaps) {
      html.open("tr");
      html.element("td", Words.place(gap), "class", "place");
      html.element("td", gap.reason());
      html.element("td", gap.hint());
      html.close("tr").line();
    }
    html.close("tbody").close("table").close("div").line();
  }

  private static void skipped(HtmlWriter html, List<Skip> skipped) {
    for (Skip skip : skipped) {
      html.element(
              "p",
              "Left out on purpose: %d × %s, the first is %s (%s)"
                  .formatted(skip.folders(), skip.name(), skip.example(), skip.reason()),
              "class",
              "muted")
          .line();
    }
  }

  private static void ignored(HtmlWriter html, List<Ignored> ignored) {
    if (ignored.isEmpty()) {
      html.element("p", "Nothing is ignored.", "class", "muted");
      return;
    }
    html.open("div", "class", "scroll").open("table", "data-sort", "").line();
    HtmlTable.head(html, "Finding", "Severity", "In", "Why", "Until", "Said by");
    html.open("tbody").line();
    for (Ignored one : ignored) {
      Finding finding = one.ranked().finding();
      String expires = one.expires();
      html.open("tr");
      html.element("td", finding.identity().id(), "class", "id");
      html.open("td");
      html.element("span", Words.label(finding), "class", "badge " + Words.label(finding));
      html.close("td");
      html.element("td", Words.subject(finding), "class", "name");
      html.element("td", one.reason());
      html.element("td", expires == null ? "" : expires);
      html.element("td", one.source(), "class", "place");
      html.close("tr").line();
    }
    html.close("tbody").close("table").close("div").line();
  }
}
