// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Location;
import dev.redoubt.model.Rating;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.thresholds.Judgement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// The table of findings in the HTML report.
final class HtmlFindings {

  private static final List<String> LABELS =
      List.of("malicious", "critical", "high", "medium", "low", "unknown");

  private HtmlFindings() {}

  static void write(HtmlWriter html, Judgement judgement) {
    List<RankedFinding> findings = Words.forPeople(judgement.findings());
    html.open("section", "id", "findings").line();
    html.element("h2", "Findings").line();
    if (findings.isEmpty()) {
      html.element("p", "No findings that count.", "class", "muted").line();
    } else {
      filters(html, findings);
      table(html, findings);
    }
    html.close("section").line();
  }

  private static void filters(HtmlWriter html, List<RankedFinding> findings) {
    html.open("div", "class", "filters needs-script", "role", "search");
    html.open(
        "input",
        "type",
        "search",
        "id",
        "query",
        "placeholder",
        "Filter by id, package, path or text",
        "aria-label",
        "Filter findings");
    html.open("span", "class", "chips", "role", "group", "aria-label", "Severity");
    for (String label : LABELS) {
      if (findings.stream().anyMatch(one -> Words.label(one.finding()).equals(label))) {
        html.element(
            "button",
            label,
            "type",
            "button",
            "class",
            "chip " + label,
            "data-label",
            label,
            "aria-pressed",
            "true");
      }
    }
    html.close("span");
    html.element("button", "Reset", "type", "button", "id", "reset");
    html.element("output", Words.count(findings.size(), "finding"), "id", "shown");
    html.close("div").line();
  }

  private static void table(HtmlWriter html, List<RankedFinding> findings) {
    html.open("div", "class", "scroll");
    html.open("table", "id", "findings-table", "data-sort", "").line();
    HtmlTable.head(html, "Severity#", "Finding", "In", "Fix", "Risk#", "Where");
    html.open("tbody").line();
    int row = 0;
    for (RankedFinding ranked : findings) {
      row(html, ranked, "f" + row++);
    }
    html.close("tbody").close("table").close("div").line();
    html.element("button", "Show more", "type", "button", "id", "more", "hidden", "").line();
  }

  private static void row(HtmlWriter html, RankedFinding ranked, String key) {
    Finding finding = ranked.finding();
    String label = Words.label(finding);
    String fixed = finding.proof().fixed();
    html.open("tr", "data-key", key, "data-label", label);
    html.open("td", "data-v", String.valueOf(LABELS.size() - LABELS.indexOf(label)));
    html.element("span", label, "class", "badge " + label);
    if (finding.rating().exploited()) {
      html.element("span", "exploited", "class", "badge kev", "title", "In the CISA KEV catalogue");
    }
    html.close("td");
    html.open("td", "data-v", finding.identity().id());
    html.open("details").open("summary");
    html.element("span", finding.identity().id(), "class", "id");
    html.element("span", Words.shortened(finding.proof().summary(), 300), "class", "what");
    html.close("summary");
    details(html, ranked);
    html.close("details").close("td");
    html.element("td", Words.subject(finding), "class", "name");
    html.element("td", fixed == null ? "" : fixed, "class", "name");
    html.open("td", "class", "num", "data-v", String.valueOf(ranked.risk()));
    html.text(String.valueOf(ranked.risk()));
    meter(html, ranked.risk());
    html.close("td");
    HtmlTable.places(html, finding.locations().stream().map(Location::toString).toList());
    html.close("tr").line();
  }

  private static void meter(HtmlWriter html, double risk) {
    html.open(
            "meter",
            "min",
            "0",
            "low",
            "40",
            "high",
            "70",
            "max",
            "100",
            "optimum",
            "0",
            "value",
            String.valueOf(risk),
            "aria-hidden",
            "true")
        .close("meter");
  }

  private static void details(HtmlWriter html, RankedFinding ranked) {
    Finding finding = ranked.finding();
    html.open("dl", "class", "facts");
    Optional<String> link = AdvisoryLink.of(finding);
    link.ifPresent(url -> {
      html.element("dt", "Advisory").open("dd");
      html.element("a", url, "href", url, "rel", "noopener noreferrer", "target", "_blank");
      html.close("dd");
    });
    fact(html, "Also known as", String.join(", ", finding.identity().aliases()));
    fact(html, "Rating", rating(finding.rating()));
    if (finding.proof().summary().length() > 300) {
      fact(html, "Summary", finding.proof().summary());
    }
    facts(html, "Evidence", finding.proof().evidence());
    facts(html, "Reaches", ranked.paths().stream().map(path -> String.join(" → ", path)).toList());
    facts(html, "Found in", finding.locations().stream().map(Location::toString).toList());
    html.close("dl");
  }

  private static String rating(Rating rating) {
    StringBuilder text = new StringBuilder();
    Double score = rating.score();
    if (score != null) {
      text.append("CVSS ").append(score.doubleValue());
    }
    Double epss = rating.epss();
    if (epss != null) {
      text.append(text.isEmpty() ? "EPSS " : ", EPSS ")
          .append(BigDecimal.valueOf(epss).toPlainString());
    }
    return text.toString();
  }

  private static void fact(HtmlWriter html, String name, String value) {
    if (!value.isEmpty()) {
      html.element("dt", name).element("dd", value);
    }
  }

  private static void facts(HtmlWriter html, String name, List<String> values) {
    if (!values.isEmpty()) {
      html.element("dt", name);
      values.forEach(value -> html.element("dd", value));
    }
  }
}
