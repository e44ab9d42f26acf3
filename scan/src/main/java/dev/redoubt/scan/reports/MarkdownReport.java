// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.reports.ScanReport.Changes;
import dev.redoubt.scan.thresholds.Ignored;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Markdown for a pull request, a ticket or a wiki page: the verdict first, then what counts.
///
/// The number of rows is bounded, because the places it is pasted into bound its size; what is left
/// out is counted.
public final class MarkdownReport implements ReportFormat {

  private static final int MOST_FINDINGS = 200;
  private static final int MOST_ROWS = 100;
  private static final int MOST_DETAILS = 20;

  @Override
  public String id() {
    return "markdown";
  }

  @Override
  public void write(ScanReport report, Appendable out) throws IOException {
    StringBuilder text = new StringBuilder();
    summary(report, text);
    List<RankedFinding> findings = Words.forPeople(report.judgement().findings());
    findings(findings, text);
    details(findings, text);
    ignored(report.judgement().ignored(), text);
    gaps(report, text);
    changes(report.changes(), text);
    sources(report, text);
    out.append(text);
  }

  private static void summary(ScanReport report, StringBuilder text) {
    var verdict = report.judgement().verdict();
    List<RankedFinding> findings = report.judgement().findings();
    text.append("# Redoubt scan of ")
        .append(MarkdownText.code(report.header().target()))
        .append("\n\n**Verdict:** ")
        .append(MarkdownText.plain(verdict.reason()))
        .append(" (exit %d)\n\n".formatted(verdict.exitCode()));
    text.append("| Components | Agents | MCP servers | Instruction files | Gaps | Ignored |\n");
    text.append("|---:|---:|---:|---:|---:|---:|\n");
    text.append(
        "| %d | %d | %d | %d | %d | %d |\n\n"
            .formatted(
                report.inventory().components().size(),
                report.inventory().agents().size(),
                report.inventory().servers().size(),
                report.inventory().instructions().size(),
                report.coverage().gaps().size(),
                report.judgement().ignored().size()));
    text.append("| Critical | High | Medium | Low | Unknown | Malicious |\n");
    text.append("|---:|---:|---:|---:|---:|---:|\n|");
    for (Severity severity : Severity.values()) {
      text.append(" %d |".formatted(JsonSummary.count(findings, severity)));
    }
    text.append(" %d |\n".formatted(JsonSummary.malicious(findings)));
    for (String ecosystem : Unchecked.ecosystems(report)) {
      text.append(
          "\n**Vulnerabilities not checked** for %s: there are no advisories for it here.\n"
              .formatted(MarkdownText.plain(ecosystem)));
    }
  }

  private static void findings(List<RankedFinding> findings, StringBuilder text) {
    if (findings.isEmpty()) {
      return;
    }
    text.append("\n## Findings\n\n| Severity | Finding | In | Fix | Risk | Where |\n");
    text.append("|---|---|---|---|---:|---|\n");
    for (RankedFinding ranked : findings.subList(0, Math.min(MOST_FINDINGS, findings.size()))) {
      var finding = ranked.finding();
      String fixed = finding.proof().fixed();
      text.append(
          "| %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  label(ranked),
                  link(ranked),
                  MarkdownText.code(Words.subject(finding)),
                  fixed == null ? "" : MarkdownText.code(fixed),
                  ranked.risk(),
                  places(finding.locations())));
    }
    more(text, findings.size(), MOST_FINDINGS);
  }

  private static String label(RankedFinding ranked) {
    String label = Words.label(ranked.finding());
    String kev = ranked.finding().rating().exploited() ? ", exploited" : "";
    return switch (Words.severity(ranked.finding())) {
      case CRITICAL, HIGH -> "**" + label + "**" + kev;
      case MEDIUM, LOW, UNKNOWN -> label + kev;
    };
  }

  private static String link(RankedFinding ranked) {
    String id = MarkdownText.plain(ranked.finding().identity().id());
    return AdvisoryLink.of(ranked.finding())
        .map(target -> "[" + id + "](" + target + ")")
        .orElse(id);
  }

  private static String places(List<Location> locations) {
    if (locations.isEmpty()) {
      return "";
    }
    String first = MarkdownText.code(locations.getFirst().toString());
    return locations.size() == 1 ? first : "%s and %d more".formatted(first, locations.size() - 1);
  }

  private static void details(List<RankedFinding> findings, StringBuilder text) {
    if (findings.isEmpty()) {
      return;
    }
    text.append("\n### What they are and what they reach\n\n");
    for (RankedFinding ranked : findings.subList(0, Math.min(MOST_DETAILS, findings.size()))) {
      text.append("- **")
          .append(MarkdownText.plain(ranked.finding().identity().id()))
          .append("** in ")
          .append(MarkdownText.code(Words.subject(ranked.finding())))
          .append(": ")
          .append(MarkdownText.plain(ranked.finding().proof().summary()))
          .append('\n');
      for (List<String> path : ranked.paths()) {
        text.append("  - reach: ")
            .append(path.stream().map(MarkdownText::code).collect(Collectors.joining(" → ")))
            .append('\n');
      }
    }
    more(text, findings.size(), MOST_DETAILS);
  }

  private static void ignored(List<Ignored> ignored, StringBuilder text) {
    if (ignored.isEmpty()) {
      return;
    }
    text.append(
        "\n## Ignored\n\n| Finding | In | Why | Until | Said by |\n|---|---|---|---|---|\n");
    for (Ignored one : ignored.subList(0, Math.min(MOST_ROWS, ignored.size()))) {
      String expires = one.expires();
      text.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  link(one.ranked()),
                  MarkdownText.code(Words.subject(one.ranked().finding())),
                  MarkdownText.plain(one.reason()),
                  expires == null ? "" : MarkdownText.plain(expires),
                  MarkdownText.code(one.source())));
    }
    more(text, ignored.size(), MOST_ROWS);
  }

  private static void gaps(ScanReport report, StringBuilder text) {
    List<Gap> gaps = report.coverage().gaps();
    if (!gaps.isEmpty()) {
      text.append("\n## Not looked at\n\n| Where | What | To fix it |\n|---|---|---|\n");
      for (Gap gap : gaps.subList(0, Math.min(MOST_ROWS, gaps.size()))) {
        text.append(
            "| %s | %s | %s |\n"
                .formatted(
                    MarkdownText.code(Words.place(gap)),
                    MarkdownText.plain(gap.reason()),
                    MarkdownText.plain(gap.hint())));
      }
      more(text, gaps.size(), MOST_ROWS);
    }
    report
        .coverage()
        .skipped()
        .forEach(skip ->
            text.append(
                "\nLeft out on purpose: %d × %s, %s.\n"
                    .formatted(
                        skip.folders(),
                        MarkdownText.code(skip.name()),
                        MarkdownText.plain(skip.reason()))));
  }

  private static void changes(@Nullable Changes changes, StringBuilder text) {
    if (changes == null) {
      return;
    }
    text.append(
        "\n## Since the last scan\n\n%d new, %d fixed, %d unchanged.\n"
            .formatted(changes.added().size(), changes.fixed().size(), changes.unchanged()));
    if (!changes.added().isEmpty() || !changes.fixed().isEmpty()) {
      text.append('\n');
    }
    changes.added().stream()
        .limit(MOST_ROWS)
        .forEach(one -> text.append("- new: ").append(MarkdownText.plain(one)).append('\n'));
    changes.fixed().stream()
        .limit(MOST_ROWS)
        .forEach(one -> text.append("- fixed: ").append(MarkdownText.plain(one)).append('\n'));
  }

  private static void sources(ScanReport report, StringBuilder text) {
    text.append("\n---\n\n");
    for (AdvisorySource source : report.coverage().advisories()) {
      String asOf = source.asOf();
      text.append(
          "%s advisories: %s from %s%s.\n"
              .formatted(
                  MarkdownText.plain(source.ecosystem()),
                  String.format(Locale.ROOT, "%,d", source.records()),
                  MarkdownText.plain(source.source()),
                  asOf == null ? "" : ", as of " + MarkdownText.plain(asOf)));
    }
    String time = report.header().time();
    text.append(
        "Made by redoubt %s%s.\n"
            .formatted(
                MarkdownText.plain(report.header().version()),
                time == null ? "" : " at " + MarkdownText.plain(time)));
  }

  private static void more(StringBuilder text, int all, int shown) {
    if (all > shown) {
      text.append("\n… and %d more: `-f json` or `-f html` shows all.\n".formatted(all - shown));
    }
  }
}
