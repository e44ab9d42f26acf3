// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.reach.RankedFinding;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The counts at the top of the JSON report.
final class JsonSummary {

  private JsonSummary() {}

  static void write(JsonGenerator json, ScanReport report) {
    List<RankedFinding> findings = report.judgement().findings();
    json.writeObjectPropertyStart("summary");
    json.writeNumberProperty("components", report.inventory().components().size());
    json.writeNumberProperty("agents", report.inventory().agents().size());
    json.writeNumberProperty("servers", report.inventory().servers().size());
    json.writeObjectPropertyStart("findings");
    for (Severity severity : Severity.values()) {
      json.writeNumberProperty(Words.of(severity), count(findings, severity));
    }
    json.writeEndObject();
    json.writeNumberProperty("malicious", malicious(findings));
    json.writeNumberProperty("gaps", report.coverage().gaps().size());
    json.writeNumberProperty("ignored", report.judgement().ignored().size());
    json.writeEndObject();
  }

  /// Returns how many findings count as `severity`.
  static long count(List<RankedFinding> findings, Severity severity) {
    return findings.stream().filter(ranked -> Words.severity(ranked.finding()) == severity).count();
  }

  /// Returns how many findings are malicious packages.
  static long malicious(List<RankedFinding> findings) {
    return findings.stream()
        .filter(ranked -> ranked.finding().kind() == Finding.Kind.MALICIOUS)
        .count();
  }
}
