// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.engine.Skip;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.reports.ScanReport.Changes;
import dev.redoubt.scan.thresholds.Ignored;
import java.io.IOException;
import java.util.List;

/// What a person reads in a terminal: counts, the worst findings with what they reach and how to
/// fix them, what was not looked at, and one line with the verdict.
public final class ConsoleReport implements ReportFormat {

  private static final int MOST_FINDINGS = 25;
  private static final int MOST_GAPS = 20;

  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String GREEN = "\u001b[32m";

  private final boolean colored;

  /// @param colored whether to use the colours of ANSI terminals
  public ConsoleReport(boolean colored) {
    this.colored = colored;
  }

  @Override
  public String id() {
    return "console";
  }

  @Override
  public void write(ScanReport report, Appendable out) throws IOException {
    StringBuilder text = new StringBuilder();
    summary(report, text);
    findings(report.judgement().findings(), text);
    ignored(report.judgement().ignored(), text);
    gaps(report.coverage().gaps(), text);
    skipped(report.coverage().skipped(), text);
    changes(report, text);
    verdict(report, text);
    out.append(text);
  }

  private void summary(ScanReport report, StringBuilder text) {
    List<RankedFinding> findings = report.judgement().findings();
    text.append(paint(BOLD, "redoubt scan " + Printable.of(report.header().target())))
        .append("\n\n");
    row(text, "found", counts(report));
    StringBuilder bands = new StringBuilder();
    for (Severity severity : Severity.values()) {
      long count = JsonSummary.count(findings, severity);
      if (count > 0) {
        bands
            .append(bands.isEmpty() ? "" : ", ")
            .append(paint(color(severity), count + " " + Words.of(severity)));
      }
    }
    long malicious = JsonSummary.malicious(findings);
    row(
        text,
        "findings",
        (bands.isEmpty() ? "none" : bands.toString())
            + (malicious > 0 ? paint(RED, " (%d malicious)".formatted(malicious)) : ""));
    row(text, "not seen", "%d gaps".formatted(report.coverage().gaps().size()));
    for (AdvisorySource source : report.coverage().advisories()) {
      row(
          text,
          "advisories",
          "%s: %,d as of %s from %s"
              .formatted(
                  source.ecosystem(),
                  source.records(),
                  source.asOf() == null ? "?" : source.asOf(),
                  Printable.of(source.source())));
    }
  }

  private static String counts(ScanReport report) {
    return "%d components, %d agents, %d MCP servers, %d instruction files"
        .formatted(
            report.inventory().components().size(),
            report.inventory().agents().size(),
            report.inventory().servers().size(),
            report.inventory().instructions().size());
  }

  private void findings(List<RankedFinding> findings, StringBuilder text) {
    if (findings.isEmpty()) {
      return;
    }
    text.append('\n').append(paint(BOLD, "Findings, worst first")).append('\n');
    findings.stream().limit(MOST_FINDINGS).forEach(ranked -> finding(ranked, text));
    if (findings.size() > MOST_FINDINGS) {
      text.append(
          "  … and %d more: -f json or -f html shows all\n"
              .formatted(findings.size() - MOST_FINDINGS));
    }
  }

  private void finding(RankedFinding ranked, StringBuilder text) {
    var finding = ranked.finding();
    Severity severity = Words.severity(finding);
    String label =
        finding.kind() == dev.redoubt.model.Finding.Kind.MALICIOUS
            ? "malicious"
            : Words.of(severity);
    text.append(
        "\n  %s %s  %s  risk %s\n"
            .formatted(
                paint(color(severity), "%-9s".formatted(label)),
                paint(BOLD, Printable.of(finding.identity().id())),
                Printable.of(Words.subject(finding)),
                ranked.risk()));
    text.append("            ").append(Printable.of(finding.proof().summary())).append('\n');
    if (finding.rating().exploited()) {
      text.append("            ")
          .append(paint(RED, "known to be exploited (CISA KEV)"))
          .append('\n');
    }
    if (!ranked.paths().isEmpty()) {
      text.append("            reach  ")
          .append(
              Printable.of(
                  String.join(" → ", ranked.paths().getFirst()).replace("component:pkg:", "")))
          .append(
              ranked.paths().size() > 1 ? " (%d more)".formatted(ranked.paths().size() - 1) : "")
          .append('\n');
    }
    String fixed = finding.proof().fixed();
    if (fixed != null) {
      text.append("            fix    ")
          .append(paint(GREEN, "update to " + Printable.of(fixed)))
          .append('\n');
    }
    text.append("            in     ").append(places(finding.locations())).append('\n');
  }

  private static String places(List<Location> locations) {
    String first = locations.isEmpty() ? "-" : Printable.of(locations.getFirst().toString());
    return locations.size() > 1 ? "%s and %d more".formatted(first, locations.size() - 1) : first;
  }

  private void ignored(List<Ignored> ignored, StringBuilder text) {
    if (ignored.isEmpty()) {
      return;
    }
    text.append('\n').append(paint(BOLD, "Ignored")).append('\n');
    for (Ignored one : ignored) {
      text.append(
          "  %s  %s: %s%s (%s)\n"
              .formatted(
                  Printable.of(one.ranked().finding().identity().id()),
                  Printable.of(Words.subject(one.ranked().finding())),
                  Printable.of(one.reason()),
                  one.expires() == null ? "" : ", until " + one.expires(),
                  Printable.of(one.source())));
    }
  }

  private void gaps(List<Gap> gaps, StringBuilder text) {
    if (gaps.isEmpty()) {
      return;
    }
    text.append('\n').append(paint(BOLD, "Not looked at")).append('\n');
    for (Gap gap : gaps.subList(0, Math.min(MOST_GAPS, gaps.size()))) {
      String path = gap.path();
      String place = path == null ? "" : path + (gap.line() == null ? "" : ":" + gap.line()) + ": ";
      text.append("  ")
          .append(paint(YELLOW, Printable.of(place + gap.reason())))
          .append('\n')
          .append(paint(DIM, "    " + Printable.of(gap.hint())))
          .append('\n');
    }
    if (gaps.size() > MOST_GAPS) {
      text.append("  … and %d more: -f json shows all\n".formatted(gaps.size() - MOST_GAPS));
    }
  }

  private void skipped(List<Skip> skipped, StringBuilder text) {
    if (skipped.isEmpty()) {
      return;
    }
    text.append('\n').append(paint(BOLD, "Left out on purpose")).append('\n');
    for (Skip skip : skipped) {
      text.append(
          "  %s: %d (%s), %s\n"
              .formatted(
                  Printable.of(skip.name()),
                  skip.folders(),
                  Printable.of(skip.example()),
                  skip.reason()));
    }
  }

  private void changes(ScanReport report, StringBuilder text) {
    Changes changes = report.changes();
    if (changes == null) {
      return;
    }
    text.append('\n')
        .append(paint(BOLD, "Since the last scan"))
        .append(
            "\n  %d new, %d fixed, %d unchanged\n"
                .formatted(changes.added().size(), changes.fixed().size(), changes.unchanged()));
    changes.added().stream()
        .limit(MOST_GAPS)
        .forEach(one -> text.append("  + ").append(Printable.of(one)).append('\n'));
    changes.fixed().stream()
        .limit(MOST_GAPS)
        .forEach(one -> text.append("  - ").append(Printable.of(one)).append('\n'));
  }

  private void verdict(ScanReport report, StringBuilder text) {
    var verdict = report.judgement().verdict();
    String color = verdict.exitCode() == 0 ? GREEN : RED;
    text.append("\n")
        .append(paint(color, "verdict: " + Printable.of(verdict.reason())))
        .append(" (exit %d)\n".formatted(verdict.exitCode()));
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("  ").append(name).repeat(' ', 12 - name.length()).append(value).append('\n');
  }

  private static String color(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> RED;
      case MEDIUM -> YELLOW;
      case LOW, UNKNOWN -> DIM;
    };
  }

  private String paint(String color, String text) {
    return colored ? color + text + RESET : text;
  }
}
