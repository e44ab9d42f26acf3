// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static dev.redoubt.scan.reports.ConsolePage.STUCK;
import static dev.redoubt.scan.reports.ConsolePage.piece;
import static dev.redoubt.scan.reports.ConsolePage.plain;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.reports.ConsolePage.Style;
import dev.redoubt.scan.thresholds.Ignored;
import java.util.List;
import java.util.stream.Collectors;

/// The findings and the ignored findings on the console page.
final class ConsoleFindings {

  private static final int MOST_FINDINGS = 25;
  private static final int MOST_IGNORED = 20;
  private static final int LONGEST_ID = 40;
  private static final int LONGEST_SUMMARY = 400;
  private static final int LABEL = 2;
  private static final int TEXT = 13;
  private static final int VALUE = 20;

  private ConsoleFindings() {}

  static void write(ConsolePage page, List<RankedFinding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    page.heading("Findings, worst first");
    List<RankedFinding> sorted = Words.forPeople(findings);
    sorted.stream().limit(MOST_FINDINGS).forEach(ranked -> finding(page, ranked));
    if (sorted.size() > MOST_FINDINGS) {
      page.blank();
      page.paragraph(
          LABEL,
          plain(
              "… and %d more: -f json or -f html shows all"
                  .formatted(sorted.size() - MOST_FINDINGS)));
    }
  }

  private static void finding(ConsolePage page, RankedFinding ranked) {
    Finding finding = ranked.finding();
    String label = Words.label(finding);
    Style style =
        finding.kind() == Finding.Kind.MALICIOUS ? Style.ALARM : style(Words.severity(finding));
    page.blank();
    page.spread(
        List.of(
            plain(" ".repeat(LABEL)),
            piece(style, label),
            plain(" ".repeat(TEXT - LABEL - label.length())),
            piece(Style.BOLD, id(finding)),
            plain("  ")),
        plain(Words.subject(finding)),
        piece(Style.DIM, "risk " + ranked.risk()),
        TEXT);
    page.paragraph(TEXT, plain(Words.shortened(finding.proof().summary(), LONGEST_SUMMARY)));
    if (finding.rating().exploited()) {
      page.paragraph(TEXT, piece(Style.RED, "known to be exploited (CISA KEV)"));
    }
    if (!ranked.paths().isEmpty()) {
      page.entry(TEXT, "reach", VALUE, plain(reach(ranked.paths())));
    }
    String fixed = finding.proof().fixed();
    if (fixed != null) {
      page.entry(TEXT, "fix", VALUE, piece(Style.GREEN, "update to " + fixed));
    } else if (finding.kind() == Finding.Kind.MALICIOUS) {
      page.entry(TEXT, "fix", VALUE, piece(Style.GREEN, "remove it, renew what it could read"));
    }
    page.entry(TEXT, "in", VALUE, plain(places(finding.locations())));
  }

  /// Returns the style in which `severity` is shown.
  static Style style(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> Style.RED;
      case MEDIUM, UNKNOWN -> Style.YELLOW;
      case LOW -> Style.DIM;
    };
  }

  private static String reach(List<List<String>> paths) {
    String shortest =
        paths.getFirst().stream()
            .map(ConsoleFindings::node)
            .collect(Collectors.joining(STUCK + "→ "));
    return paths.size() == 1 ? shortest : "%s (%d more)".formatted(shortest, paths.size() - 1);
  }

  /* A person knows a package by its name; the purl is in the other formats. */
  private static String node(String node) {
    String name = NodePlaces.name(node);
    return switch (NodePlaces.kind(node)) {
      case "component" -> Words.nameAndVersion(Purl.parse(name));
      case "file" -> name;
      default -> NodePlaces.kind(node) + STUCK + name;
    };
  }

  private static String id(Finding finding) {
    return Words.shortened(finding.identity().id(), LONGEST_ID);
  }

  private static String places(List<Location> locations) {
    if (locations.isEmpty()) {
      return "-";
    }
    String first = locations.getFirst().toString();
    return locations.size() > 1 ? "%s and %d more".formatted(first, locations.size() - 1) : first;
  }

  static void write(ConsolePage page, List<Ignored> ignored, String title) {
    if (ignored.isEmpty()) {
      return;
    }
    page.heading(title);
    for (Ignored one : ignored.subList(0, Math.min(MOST_IGNORED, ignored.size()))) {
      Finding finding = one.ranked().finding();
      String expires = one.expires();
      page.entry(
          LABEL,
          id(finding),
          LABEL,
          piece(Style.BOLD, "%s, %s".formatted(Words.subject(finding), Words.label(finding))));
      page.paragraph(
          LABEL + 2,
          piece(
              Style.DIM,
              "%s%s (%s)"
                  .formatted(
                      one.reason(), expires == null ? "" : ", until " + expires, one.source())));
    }
    if (ignored.size() > MOST_IGNORED) {
      page.paragraph(
          LABEL,
          plain("… and %d more: -f json shows all".formatted(ignored.size() - MOST_IGNORED)));
    }
  }
}
