// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static dev.redoubt.scan.reports.ConsolePage.piece;
import static dev.redoubt.scan.reports.ConsolePage.plain;

import dev.redoubt.model.Severity;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.reports.ConsolePage.Piece;
import dev.redoubt.scan.reports.ConsolePage.Style;
import dev.redoubt.scan.reports.ScanReport.Changes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a person reads in a terminal: counts, the worst findings with what they reach and how to
/// fix them, what was not looked at, and on the last line the verdict.
public final class ConsoleReport implements ReportFormat {

  /// The width when nobody says how wide the terminal is.
  public static final int USUAL_COLUMNS = 80;

  private static final int LEAST_COLUMNS = 80;
  private static final int MOST_COLUMNS = 120;
  private static final int MOST_CHANGES = 20;
  private static final int INDENT = 2;
  private static final int VALUE = 14;

  private final boolean colored;
  private final int columns;

  /// @param colored whether to use the colours of ANSI terminals
  public ConsoleReport(boolean colored) {
    this(colored, USUAL_COLUMNS);
  }

  /// @param colored whether to use the colours of ANSI terminals
  /// @param columns how wide the terminal is; the text is never narrower than 80 nor wider than 120
  public ConsoleReport(boolean colored, int columns) {
    this.colored = colored;
    this.columns = Math.clamp(columns, LEAST_COLUMNS, MOST_COLUMNS);
  }

  @Override
  public String id() {
    return "console";
  }

  @Override
  public void write(ScanReport report, Appendable out) throws IOException {
    ConsolePage page = new ConsolePage(columns, colored);
    summary(page, report);
    ConsoleFindings.write(page, report.judgement().findings());
    ConsoleFindings.write(page, report.judgement().ignored(), "Ignored");
    ConsoleCoverage.write(page, report.coverage());
    changes(page, report.changes());
    verdict(page, report);
    out.append(page.text());
  }

  private static void summary(ConsolePage page, ScanReport report) {
    page.line(0, List.of(piece(Style.BOLD, "redoubt scan " + report.header().target())));
    page.blank();
    page.entry(INDENT, "found", VALUE, plain(inventory(report)));
    List<Piece> findings = new ArrayList<>();
    findings.add(plain("findings" + " ".repeat(VALUE - INDENT - "findings".length())));
    findings.addAll(severities(report));
    page.line(INDENT, findings);
    int ignored = report.judgement().ignored().size();
    if (ignored > 0) {
      page.entry(INDENT, "ignored", VALUE, plain(Words.count(ignored, "finding")));
    }
    int gaps = report.coverage().gaps().size();
    page.entry(
        INDENT,
        "not seen",
        VALUE,
        gaps == 0 ? plain("no gaps") : piece(Style.YELLOW, Words.count(gaps, "gap")));
    advisories(page, report);
  }

  private static String inventory(ScanReport report) {
    return String.join(
        ", ",
        Words.count(report.inventory().components().size(), "component"),
        Words.count(report.inventory().agents().size(), "agent"),
        Words.count(report.inventory().servers().size(), "MCP server"),
        Words.count(report.inventory().instructions().size(), "instruction file"));
  }

  private static List<Piece> severities(ScanReport report) {
    List<RankedFinding> findings = report.judgement().findings();
    List<Piece> pieces = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      long count = JsonSummary.count(findings, severity);
      if (count > 0) {
        pieces.add(plain(pieces.isEmpty() ? "" : ", "));
        pieces.add(piece(ConsoleFindings.style(severity), count + " " + Words.of(severity)));
      }
    }
    if (pieces.isEmpty()) {
      pieces.add(plain("none"));
    }
    long malicious = JsonSummary.malicious(findings);
    if (malicious > 0) {
      pieces.add(piece(Style.ALARM, " (%d malicious)".formatted(malicious)));
    }
    return pieces;
  }

  private static void advisories(ConsolePage page, ScanReport report) {
    String label = "advisories";
    for (AdvisorySource source : report.coverage().advisories()) {
      String asOf = source.asOf();
      page.entry(
          INDENT,
          label,
          VALUE,
          plain(
              "%s: %s%s from %s"
                  .formatted(
                      source.ecosystem(),
                      String.format(Locale.ROOT, "%,d", source.records()),
                      asOf == null ? ", of unknown age," : " as of " + asOf,
                      source.source())));
      label = "";
    }
    for (String ecosystem : Unchecked.ecosystems(report)) {
      page.entry(
          INDENT,
          label,
          VALUE,
          piece(Style.YELLOW, ecosystem + ": none here, vulnerabilities not checked"));
      label = "";
    }
  }

  private static void changes(ConsolePage page, @Nullable Changes changes) {
    if (changes == null) {
      return;
    }
    page.heading("Since the last scan");
    page.paragraph(
        INDENT,
        plain(
            "%d new, %d fixed, %d unchanged"
                .formatted(changes.added().size(), changes.fixed().size(), changes.unchanged())));
    changes.added().stream()
        .limit(MOST_CHANGES)
        .forEach(one -> page.entry(INDENT, "+", INDENT + 2, piece(Style.RED, one)));
    changes.fixed().stream()
        .limit(MOST_CHANGES)
        .forEach(one -> page.entry(INDENT, "-", INDENT + 2, piece(Style.GREEN, one)));
    int left =
        Math.max(0, changes.added().size() - MOST_CHANGES)
            + Math.max(0, changes.fixed().size() - MOST_CHANGES);
    if (left > 0) {
      page.paragraph(INDENT, plain("… and %d more: -f json shows all".formatted(left)));
    }
  }

  /* Programs read the last line too, so it is never broken. */
  private static void verdict(ConsolePage page, ScanReport report) {
    var verdict = report.judgement().verdict();
    page.blank();
    page.line(
        0,
        List.of(
            piece(
                verdict.exitCode() == 0 ? Style.GREEN : Style.ALARM,
                "verdict: " + Unchecked.verdict(report)),
            plain(" (exit %d)".formatted(verdict.exitCode()))));
  }
}
