// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.model.Severity;
import dev.redoubt.secrets.Redaction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Writes inspections, as text or as `docs/schema/mcp-inspect-1.0.json` has it.
public final class InspectionOutput {

  private static final List<String> SHOWN =
      List.of(
          "title",
          "description",
          "mimeType",
          "inputSchema",
          "outputSchema",
          "arguments",
          "annotations");

  private InspectionOutput() {}

  /// Writes `inspection` to standard output.
  ///
  /// @param exitCode how the command will end
  public static void write(Call call, Inspection inspection, int exitCode) {
    if (!call.has("--json")) {
      InspectionText.write(call, inspection);
      return;
    }
    CommandOutput.json(
        call,
        json -> {
          json.writeStringProperty("schemaVersion", "1.0");
          json.writeArrayPropertyStart("servers");
          inspection.servers().forEach(server -> server(json, server));
          json.writeEndArray();
          json.writeArrayPropertyStart("findings");
          inspection.flaws().forEach(flaw -> flaw(json, flaw));
          json.writeEndArray();
          json.writeObjectPropertyStart("verdict");
          json.writeNumberProperty("exitCode", exitCode);
          json.writeStringProperty("threshold", "critical");
          json.writeNumberProperty("critical", inspection.count(Severity.CRITICAL));
          json.writeEndObject();
        });
  }

  private static void server(JsonGenerator json, InspectedServer server) {
    json.writeStartObject();
    json.writeStringProperty("name", server.name());
    json.writeStringProperty("origin", server.origin().word());
    json.writeStringProperty("place", server.place());
    server
        .self()
        .ifPresent(self -> {
          json.writeObjectPropertyStart("self");
          json.writeStringProperty("name", Redaction.text(self.name()));
          json.writeStringProperty("version", Redaction.text(self.version()));
          json.writeStringProperty("protocol", self.protocol());
          json.writeStringProperty("instructions", Redaction.text(self.instructions()));
          json.writeEndObject();
        });
    for (Item.Kind kind : Item.Kind.values()) {
      json.writeArrayPropertyStart(kind.list());
      server.items().stream().filter(item -> item.kind() == kind).forEach(item -> item(json, item));
      json.writeEndArray();
    }
    json.writeArrayPropertyStart("notes");
    server.notes().forEach(note -> json.writeString(Redaction.text(note)));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void item(JsonGenerator json, Item item) {
    json.writeStartObject();
    json.writeStringProperty("name", item.whole().text("name").orElse(item.name()));
    if (item.kind() == Item.Kind.RESOURCE || item.kind() == Item.Kind.TEMPLATE) {
      json.writeStringProperty("uri", Redaction.text(item.name()));
    }
    Map<String, Node> fields = item.whole().fields();
    for (String key : SHOWN) {
      Node value = fields.get(key);
      if (value != null) {
        json.writeName(key);
        json.writeRawValue(CommandOutput.ascii(JsonText.of(Foreign.masked(value))));
      }
    }
    json.writeEndObject();
  }

  private static void flaw(JsonGenerator json, Flaw flaw) {
    json.writeStartObject();
    json.writeStringProperty("severity", flaw.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("id", flaw.id());
    json.writeStringProperty("server", flaw.server());
    json.writeStringProperty("subject", flaw.subject());
    json.writeStringProperty("where", flaw.where());
    json.writeStringProperty("what", Redaction.text(flaw.what()));
    json.writeEndObject();
  }
}
