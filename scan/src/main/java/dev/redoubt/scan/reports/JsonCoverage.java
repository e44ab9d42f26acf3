// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.engine.Skip;
import dev.redoubt.scan.reports.ScanReport.Coverage;
import tools.jackson.core.JsonGenerator;

/// What was and was not looked at, in the JSON report.
final class JsonCoverage {

  private JsonCoverage() {}

  static void write(JsonGenerator json, Coverage coverage) {
    json.writeArrayPropertyStart("gaps");
    coverage.gaps().forEach(gap -> gap(json, gap));
    json.writeEndArray();
    json.writeArrayPropertyStart("skipped");
    coverage.skipped().forEach(skip -> skip(json, skip));
    json.writeEndArray();
    json.writeArrayPropertyStart("advisories");
    coverage.advisories().forEach(source -> advisories(json, source));
    json.writeEndArray();
  }

  private static void gap(JsonGenerator json, Gap gap) {
    json.writeStartObject();
    JsonInventory.text(json, "path", gap.path());
    Integer line = gap.line();
    if (line == null) {
      json.writeNullProperty("line");
    } else {
      json.writeNumberProperty("line", line);
    }
    json.writeStringProperty("reason", gap.reason());
    json.writeStringProperty("hint", gap.hint());
    json.writeEndObject();
  }

  private static void skip(JsonGenerator json, Skip skip) {
    json.writeStartObject();
    json.writeStringProperty("name", skip.name());
    json.writeNumberProperty("count", skip.folders());
    json.writeStringProperty("example", skip.example());
    json.writeStringProperty("reason", skip.reason());
    json.writeEndObject();
  }

  private static void advisories(JsonGenerator json, AdvisorySource source) {
    json.writeStartObject();
    json.writeStringProperty("ecosystem", source.ecosystem());
    json.writeNumberProperty("records", source.records());
    JsonInventory.text(json, "asOf", source.asOf());
    json.writeStringProperty("source", source.source());
    json.writeEndObject();
  }
}
