// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import java.io.IOException;
import tools.jackson.core.JsonGenerator;

/// SARIF 2.1.0, what code scanning dashboards and editors read.
///
/// Findings are results and each reach path is a code flow. What is ignored is there as a
/// suppressed result, what was not looked at as a notification of the run.
public final class SarifReport implements ReportFormat {

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  @Override
  public String id() {
    return "sarif";
  }

  @Override
  public void write(ScanReport report, Appendable out) throws IOException {
    SarifRules rules = new SarifRules(report.judgement());
    try (JsonGenerator json = JsonReport.generator(out)) {
      json.writeStartObject();
      json.writeStringProperty("$schema", SCHEMA);
      json.writeStringProperty("version", "2.1.0");
      json.writeArrayPropertyStart("runs");
      json.writeStartObject();
      tool(json, report, rules);
      SarifInvocation.write(json, report);
      SarifLocations.writeBases(json);
      json.writeStringProperty("columnKind", "utf16CodeUnits");
      new SarifResults(report, rules).write(json);
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    out.append('\n');
  }

  private static void tool(JsonGenerator json, ScanReport report, SarifRules rules) {
    json.writeObjectPropertyStart("tool");
    json.writeObjectPropertyStart("driver");
    json.writeStringProperty("name", "redoubt");
    json.writeStringProperty("fullName", "Redoubt " + report.header().version());
    json.writeStringProperty("version", report.header().version());
    SarifText.write(
        json,
        "shortDescription",
        "Finds vulnerable and malicious packages, unsafe MCP servers and poisoned instruction"
            + " files, and what they reach.");
    rules.write(json);
    SarifInvocation.writeDescriptors(json);
    json.writeObjectPropertyStart("properties");
    json.writeStringProperty("commit", report.header().commit());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }
}
