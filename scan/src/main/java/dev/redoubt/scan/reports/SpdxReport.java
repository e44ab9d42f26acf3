// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.reports.ScanReport.Header;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// SPDX 2.3 in JSON: the packages, how they depend on each other, and the advisories about them as
/// external references.
///
/// The format has no place for agents, servers and reach; a comment counts them. It demands times:
/// without one (`--reproducible`) they are [#NO_TIME].
public final class SpdxReport implements ReportFormat {

  /// The time written when the report has none.
  public static final String NO_TIME = "1970-01-01T00:00:00Z";

  @Override
  public String id() {
    return "spdx";
  }

  @Override
  public void write(ScanReport report, Appendable out) throws IOException {
    StringBuilder content = new StringBuilder();
    document(report, null, content);
    document(report, "urn:uuid:" + Digest.uuid(content.toString()), out);
    out.append('\n');
  }

  private static void document(ScanReport report, @Nullable String namespace, Appendable out) {
    SpdxIds ids = new SpdxIds(report.inventory());
    try (JsonGenerator json = JsonReport.generator(out)) {
      json.writeStartObject();
      json.writeStringProperty("spdxVersion", "SPDX-2.3");
      json.writeStringProperty("dataLicense", "CC0-1.0");
      json.writeStringProperty("SPDXID", SpdxIds.DOCUMENT);
      json.writeStringProperty("name", "redoubt scan of " + report.header().target());
      if (namespace != null) {
        json.writeStringProperty("documentNamespace", namespace);
      }
      creation(json, report.header());
      json.writeStringProperty("comment", comment(report));
      JsonInventory.strings(json, "documentDescribes", List.of(SpdxIds.ROOT));
      gaps(json, report);
      new SpdxPackages(report, ids).write(json);
      SpdxRelationships.write(json, ids);
      json.writeEndObject();
    }
  }

  private static void creation(JsonGenerator json, Header header) {
    json.writeObjectPropertyStart("creationInfo");
    json.writeStringProperty("created", time(header));
    JsonInventory.strings(json, "creators", List.of(tool(header)));
    json.writeEndObject();
  }

  private static String tool(Header header) {
    return "Tool: redoubt-" + header.version();
  }

  /* SPDX wants whole seconds in UTC: 2026-11-22T03:04:05.678Z loses its fraction. */
  private static String time(Header header) {
    String time = header.time();
    if (time == null) {
      return NO_TIME;
    }
    int dot = time.indexOf('.');
    return dot < 0 ? time : time.substring(0, dot) + "Z";
  }

  private static String comment(ScanReport report) {
    return "Verdict: %s. SPDX 2.3 has no place for %d agents, %d MCP servers, %d instruction files and %d ignored findings; the formats json and cyclonedx have them."
        .formatted(
            report.judgement().verdict().reason(),
            report.inventory().agents().size(),
            report.inventory().servers().size(),
            report.inventory().instructions().size(),
            report.judgement().ignored().size());
  }

  private static void gaps(JsonGenerator json, ScanReport report) {
    json.writeArrayPropertyStart("annotations");
    for (Gap gap : report.coverage().gaps()) {
      String place = Words.place(gap);
      json.writeStartObject();
      json.writeStringProperty("annotationDate", time(report.header()));
      json.writeStringProperty("annotationType", "OTHER");
      json.writeStringProperty("annotator", tool(report.header()));
      json.writeStringProperty(
          "comment",
          "not looked at: %s%s; %s"
              .formatted(place.isEmpty() ? "" : place + ": ", gap.reason(), gap.hint()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
