// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.reports.AdvisorySource;
import dev.redoubt.scan.reports.ScanReport;
import dev.redoubt.scan.thresholds.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes down that a scan was made and what came of it: one event in the stream `scan`.
///
/// A scan changes nothing, so one whose event cannot be written stands, and standard error says
/// that it left no trace.
final class ScanEvidence {

  private static final String STREAM = "scan";

  private ScanEvidence() {}

  static void write(Call call, ScanReport report, String target, DigestedReport written) {
    try (EvidenceLog log =
        EvidenceLog.open(call.globals().dataDir(), STREAM, call.world().clock())) {
      log.append(new Event("scan", "user", payload(report, target, written)));
    } catch (RedoubtException e) {
      CommandOutput.note(
          call, "redoubt: this scan is not in the evidence: %s", String.valueOf(e.getMessage()));
    }
  }

  private static Node.Obj payload(ScanReport report, String target, DigestedReport written) {
    return new Payload()
        .node("advisories", advisories(report.coverage().advisories()))
        .text("commit", report.header().commit())
        .node(
            "report",
            new Payload().text("format", written.id()).text("sha256", written.sha256()).object())
        .node("summary", summary(report))
        .text("target", target)
        .node("verdict", verdict(report.judgement().verdict()))
        .text("version", report.header().version())
        .object();
  }

  private static Node advisories(List<AdvisorySource> sources) {
    List<Node> items = new ArrayList<>();
    for (AdvisorySource source : sources) {
      Payload item = new Payload();
      if (source.asOf() != null) {
        item.text("asOf", source.asOf());
      }
      items.add(
          item.text("ecosystem", source.ecosystem())
              .number("records", source.records())
              .text("source", source.source())
              .object());
    }
    return new Node.Arr(items, 1);
  }

  private static Node summary(ScanReport report) {
    Payload findings = new Payload();
    for (Severity severity : Severity.values()) {
      findings.number(severity.name().toLowerCase(Locale.ROOT), report.count(severity));
    }
    return new Payload()
        .number("agents", report.inventory().agents().size())
        .number("components", report.inventory().components().size())
        .node("findings", findings.object())
        .number("gaps", report.coverage().gaps().size())
        .number("ignored", report.judgement().ignored().size())
        .number("malicious", report.malicious())
        .number("servers", report.inventory().servers().size())
        .object();
  }

  private static Node verdict(Verdict verdict) {
    return new Payload()
        .number("exitCode", verdict.exitCode())
        .text("reason", verdict.reason())
        .text("threshold", verdict.threshold())
        .object();
  }
}
