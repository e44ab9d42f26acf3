// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.thresholds.Ignored;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The results of the SARIF report, worst first, the suppressed ones last.
final class SarifResults {

  private final ScanReport report;
  private final SarifRules rules;
  private final Fingerprints fingerprints;
  private final NodePlaces places;

  SarifResults(ScanReport report, SarifRules rules) {
    this.report = report;
    this.rules = rules;
    this.fingerprints = new Fingerprints(report.judgement());
    this.places = new NodePlaces(report.inventory());
  }

  void write(JsonGenerator json) {
    json.writeArrayPropertyStart("results");
    report.judgement().findings().forEach(ranked -> result(json, ranked, null));
    report.judgement().ignored().forEach(ignored -> result(json, ignored.ranked(), ignored));
    json.writeEndArray();
  }

  private void result(JsonGenerator json, RankedFinding ranked, @Nullable Ignored ignored) {
    Finding finding = ranked.finding();
    json.writeStartObject();
    json.writeStringProperty("ruleId", finding.identity().id());
    json.writeNumberProperty("ruleIndex", rules.indexOf(finding.identity().id()));
    json.writeStringProperty("level", SarifRules.level(finding));
    SarifText.write(json, "message", message(ranked));
    locations(json, finding);
    json.writeObjectPropertyStart("partialFingerprints");
    json.writeStringProperty("redoubt/v1", fingerprints.of(ranked));
    json.writeEndObject();
    json.writeNumberProperty("rank", ranked.risk());
    codeFlows(json, ranked);
    if (ignored != null) {
      suppression(json, ignored);
    }
    properties(json, ranked);
    json.writeEndObject();
  }

  private static String message(RankedFinding ranked) {
    Finding finding = ranked.finding();
    StringBuilder text = new StringBuilder();
    text.append(Words.subject(finding)).append(": ").append(finding.proof().summary());
    if (finding.kind() == Finding.Kind.MALICIOUS) {
      text.append("\nThe package is malicious.");
    }
    if (finding.rating().exploited()) {
      text.append("\nKnown to be exploited (CISA KEV).");
    }
    if (!ranked.paths().isEmpty()) {
      text.append("\nReaches ")
          .append(
              ranked.paths().stream()
                  .map(path -> path.getLast())
                  .distinct()
                  .collect(Collectors.joining(", ")))
          .append('.');
    }
    String fixed = finding.proof().fixed();
    if (fixed != null) {
      text.append("\nFix: update to ").append(fixed).append('.');
    }
    return text.toString();
  }

  private static void locations(JsonGenerator json, Finding finding) {
    json.writeArrayPropertyStart("locations");
    switch (finding.subject()) {
      case Subject.OfComponent(Purl purl) ->
          locations(json, finding.locations(), purl.toString(), "package");
      case Subject.OfServer(String server, String path) ->
          locations(json, orElse(finding.locations(), path), "server:" + server, "mcp-server");
      case Subject.OfFile(String path) ->
          locations(json, orElse(finding.locations(), path), "file:" + path, "instructions");
    }
    json.writeEndArray();
  }

  private static List<Location> orElse(List<Location> locations, String path) {
    return locations.isEmpty() ? List.of(new Location(path, null)) : locations;
  }

  private static void locations(
      JsonGenerator json, List<Location> locations, String name, String kind) {
    if (locations.isEmpty()) {
      SarifLocations.write(json, null, name, kind);
    }
    locations.forEach(location -> SarifLocations.write(json, location, name, kind));
  }

  private void codeFlows(JsonGenerator json, RankedFinding ranked) {
    if (ranked.paths().isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("codeFlows");
    for (List<String> path : ranked.paths()) {
      json.writeStartObject();
      SarifText.write(json, "message", "Reaches " + path.getLast());
      json.writeArrayPropertyStart("threadFlows");
      json.writeStartObject();
      json.writeArrayPropertyStart("locations");
      path.forEach(node -> step(json, node, path));
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void step(JsonGenerator json, String node, List<String> path) {
    json.writeStartObject();
    json.writeObjectPropertyStart("location");
    SarifLocations.content(json, places.of(node, path), node, NodePlaces.kind(node));
    SarifText.write(json, "message", node);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void suppression(JsonGenerator json, Ignored ignored) {
    json.writeArrayPropertyStart("suppressions");
    json.writeStartObject();
    json.writeStringProperty("kind", "external");
    json.writeStringProperty("status", "accepted");
    json.writeStringProperty("justification", Printable.of(ignored.reason()));
    json.writeObjectPropertyStart("properties");
    json.writeStringProperty("source", ignored.source());
    JsonInventory.text(json, "expires", ignored.expires());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void properties(JsonGenerator json, RankedFinding ranked) {
    Finding finding = ranked.finding();
    json.writeObjectPropertyStart("properties");
    json.writeStringProperty("kind", Words.of(finding.kind()));
    json.writeStringProperty("severity", Words.of(Words.severity(finding)));
    JsonFindings.number(json, "score", finding.rating().score());
    json.writeNumberProperty("risk", ranked.risk());
    json.writeBooleanProperty("kev", finding.rating().exploited());
    JsonFindings.number(json, "epss", finding.rating().epss());
    JsonInventory.text(json, "component", Words.component(finding));
    JsonInventory.text(json, "server", Words.server(finding));
    JsonInventory.text(json, "fixed", finding.proof().fixed());
    JsonInventory.strings(json, "evidence", finding.proof().evidence());
    json.writeEndObject();
  }
}
