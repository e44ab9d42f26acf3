// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Agent;
import dev.redoubt.model.Gap;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.scan.reports.ScanReport.Header;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// CycloneDX 1.6 in JSON: packages as components, MCP servers as services, agents and instruction
/// files as parts of the scanned application, findings as vulnerabilities.
///
/// The serial number is made of the content, so the same report gets the same one. Without a time
/// the timestamp, which the format does not demand, is left out.
public final class CyclonedxReport implements ReportFormat {

  @Override
  public String id() {
    return "cyclonedx";
  }

  @Override
  public void write(ScanReport report, Appendable out) throws IOException {
    StringBuilder content = new StringBuilder();
    bom(report, null, content);
    bom(report, "urn:uuid:" + Digest.uuid(content.toString()), out);
    out.append('\n');
  }

  private static void bom(ScanReport report, @Nullable String serialNumber, Appendable out) {
    CyclonedxRefs refs = new CyclonedxRefs(report.inventory());
    try (JsonGenerator json = JsonReport.generator(out)) {
      json.writeStartObject();
      json.writeStringProperty("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
      json.writeStringProperty("bomFormat", "CycloneDX");
      json.writeStringProperty("specVersion", "1.6");
      if (serialNumber != null) {
        json.writeStringProperty("serialNumber", serialNumber);
      }
      json.writeNumberProperty("version", 1);
      metadata(json, report, refs);
      CyclonedxComponents.write(json, report.inventory(), refs);
      CyclonedxServices.write(json, report.inventory(), refs);
      CyclonedxDependencies.write(json, report.inventory(), refs);
      compositions(json, report);
      new CyclonedxVulnerabilities(report.judgement(), refs).write(json);
      json.writeEndObject();
    }
  }

  private static void metadata(JsonGenerator json, ScanReport report, CyclonedxRefs refs) {
    Header header = report.header();
    json.writeObjectPropertyStart("metadata");
    String time = header.time();
    if (time != null) {
      json.writeStringProperty("timestamp", time);
    }
    json.writeObjectPropertyStart("tools");
    json.writeArrayPropertyStart("components");
    json.writeStartObject();
    json.writeStringProperty("type", "application");
    json.writeStringProperty("name", "redoubt");
    json.writeStringProperty("version", header.version());
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    root(json, report, refs);
    json.writeArrayPropertyStart("properties");
    property(json, "commit", header.commit());
    property(json, "verdict", report.judgement().verdict().reason());
    for (Gap gap : report.coverage().gaps()) {
      String place = Words.place(gap);
      property(json, "gap", (place.isEmpty() ? "" : place + ": ") + gap.reason());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void root(JsonGenerator json, ScanReport report, CyclonedxRefs refs) {
    json.writeObjectPropertyStart("component");
    json.writeStringProperty("type", "application");
    json.writeStringProperty("bom-ref", CyclonedxRefs.ROOT);
    json.writeStringProperty("name", report.header().target());
    json.writeArrayPropertyStart("components");
    for (Agent agent : refs.agents()) {
      json.writeStartObject();
      json.writeStringProperty("type", "application");
      json.writeStringProperty("bom-ref", CyclonedxRefs.of(agent));
      json.writeStringProperty("name", agent.name());
      json.writeArrayPropertyStart("properties");
      property(json, "kind", agent.kind());
      property(json, "path", agent.path());
      json.writeEndArray();
      json.writeEndObject();
    }
    for (InstructionFile file : refs.instructions()) {
      json.writeStartObject();
      json.writeStringProperty("type", "file");
      json.writeStringProperty("bom-ref", CyclonedxRefs.ofFile(file.path()));
      json.writeStringProperty("name", file.path());
      json.writeArrayPropertyStart("properties");
      property(json, "kind", file.kind());
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void compositions(JsonGenerator json, ScanReport report) {
    if (!report.coverage().gaps().isEmpty()) {
      json.writeArrayPropertyStart("compositions");
      json.writeStartObject();
      json.writeStringProperty("aggregate", "incomplete");
      JsonInventory.strings(json, "assemblies", List.of(CyclonedxRefs.ROOT));
      json.writeEndObject();
      json.writeEndArray();
    }
  }

  /// Writes one property in the name space of Redoubt.
  static void property(JsonGenerator json, String name, String value) {
    json.writeStartObject();
    json.writeStringProperty("name", "redoubt:" + name);
    json.writeStringProperty("value", value);
    json.writeEndObject();
  }
}
