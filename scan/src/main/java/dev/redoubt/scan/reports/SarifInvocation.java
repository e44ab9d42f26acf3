// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.scan.engine.Skip;
import dev.redoubt.scan.thresholds.Verdict;
import tools.jackson.core.JsonGenerator;

/// How the scan itself went, in the SARIF report: the verdict, a warning for each gap and a note
/// for what was left out on purpose.
final class SarifInvocation {

  private static final String GAP = "gap";
  private static final String SKIP = "skip";

  private SarifInvocation() {}

  static void writeDescriptors(JsonGenerator json) {
    json.writeArrayPropertyStart("notifications");
    descriptor(json, GAP, "Something that was wanted could not be looked at.");
    descriptor(json, SKIP, "Folders that were left out on purpose.");
    json.writeEndArray();
  }

  private static void descriptor(JsonGenerator json, String id, String meaning) {
    json.writeStartObject();
    json.writeStringProperty("id", id);
    SarifText.write(json, "shortDescription", meaning);
    json.writeEndObject();
  }

  static void write(JsonGenerator json, ScanReport report) {
    Verdict verdict = report.judgement().verdict();
    json.writeArrayPropertyStart("invocations");
    json.writeStartObject();
    json.writeBooleanProperty("executionSuccessful", true);
    json.writeNumberProperty("exitCode", verdict.exitCode());
    json.writeStringProperty("exitCodeDescription", Printable.of(verdict.reason()));
    String time = report.header().time();
    if (time != null) {
      json.writeStringProperty("endTimeUtc", time);
    }
    json.writeArrayPropertyStart("toolExecutionNotifications");
    report.coverage().gaps().forEach(gap -> gap(json, gap));
    report.coverage().skipped().forEach(skip -> skip(json, skip));
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void gap(JsonGenerator json, Gap gap) {
    json.writeStartObject();
    kind(json, GAP, 0, "warning");
    SarifText.write(json, "message", gap.reason() + ". To fix it: " + gap.hint() + ".");
    String path = gap.path();
    if (path != null) {
      json.writeArrayPropertyStart("locations");
      json.writeStartObject();
      SarifLocations.physical(json, new Location(path, gap.line()));
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void skip(JsonGenerator json, Skip skip) {
    json.writeStartObject();
    kind(json, SKIP, 1, "note");
    SarifText.write(
        json,
        "message",
        "%s: %d left out, the first is %s: %s"
            .formatted(skip.name(), skip.folders(), skip.example(), skip.reason()));
    json.writeEndObject();
  }

  private static void kind(JsonGenerator json, String id, int index, String level) {
    json.writeObjectPropertyStart("descriptor");
    json.writeStringProperty("id", id);
    json.writeNumberProperty("index", index);
    json.writeEndObject();
    json.writeStringProperty("level", level);
  }
}
