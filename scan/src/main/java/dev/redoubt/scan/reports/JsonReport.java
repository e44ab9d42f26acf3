// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.scan.reports.ScanReport.Changes;
import dev.redoubt.scan.reports.ScanReport.Header;
import dev.redoubt.scan.thresholds.Verdict;
import java.io.IOException;
import java.io.Writer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// Redoubt's own JSON, the most complete format; its schema is `docs/schema/scan-report-1.0.json`.
///
/// Everything beyond ASCII is escaped, so no control, bidirectional or invisible character of a
/// scanned file reaches a terminal as itself.
public final class JsonReport implements ReportFormat {

  /// The version of the schema this writes.
  public static final String SCHEMA_VERSION = "1.0";

  @Override
  public String id() {
    return "json";
  }

  @Override
  public void write(ScanReport report, Appendable out) throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeStringProperty("schemaVersion", SCHEMA_VERSION);
      header(json, report.header());
      JsonSummary.write(json, report);
      JsonInventory.write(json, report.inventory());
      JsonFindings.write(json, report.judgement());
      JsonCoverage.write(json, report.coverage());
      changes(json, report);
      verdict(json, report.judgement().verdict());
      json.writeEndObject();
    }
    out.append('\n');
  }

  /// Returns a generator that writes pretty-printed ASCII to `out` and leaves it open.
  static JsonGenerator generator(Appendable out) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    PrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    return JsonFactory.builder()
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
        .build()
        .createGenerator(
            new ObjectWriteContext.Base() {
              @Override
              public PrettyPrinter getPrettyPrinter() {
                return printer;
              }

              @Override
              public boolean hasPrettyPrinter() {
                return true;
              }
            },
            new OpenWriter(out));
  }

  private static void header(JsonGenerator json, Header header) {
    json.writeObjectPropertyStart("tool");
    json.writeStringProperty("name", "redoubt");
    json.writeStringProperty("version", header.version());
    json.writeStringProperty("commit", header.commit());
    json.writeEndObject();
    json.writeObjectPropertyStart("target");
    json.writeStringProperty("path", header.target());
    json.writeEndObject();
    if (header.time() != null) {
      json.writeStringProperty("time", header.time());
    }
  }

  private static void changes(JsonGenerator json, ScanReport report) {
    Changes changes = report.changes();
    if (changes != null) {
      json.writeObjectPropertyStart("changes");
      JsonInventory.strings(json, "new", changes.added());
      JsonInventory.strings(json, "fixed", changes.fixed());
      json.writeNumberProperty("unchanged", changes.unchanged());
      json.writeEndObject();
    }
  }

  private static void verdict(JsonGenerator json, Verdict verdict) {
    json.writeObjectPropertyStart("verdict");
    json.writeNumberProperty("exitCode", verdict.exitCode());
    json.writeStringProperty("threshold", verdict.threshold());
    json.writeStringProperty("reason", verdict.reason());
    json.writeEndObject();
  }

  /// A writer over an appendable that closing does not close.
  private static final class OpenWriter extends Writer {

    private final Appendable out;

    OpenWriter(Appendable out) {
      this.out = out;
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
      out.append(new String(buffer, offset, length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
