// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An inspection for a person, on 80 columns. What a server wrote stands behind `|`, so that
/// nothing it writes looks like something Redoubt says.
final class InspectionText {

  private static final int WIDTH = 80;
  private static final int LONGEST = 4_000;
  private static final int LONGEST_LINE = 600;
  private static final int MOST_PROPERTIES = 40;

  private final List<String> lines = new ArrayList<>();
  private final Inspection inspection;

  private InspectionText(Inspection inspection) {
    this.inspection = inspection;
  }

  static void write(Call call, Inspection inspection) {
    InspectionText text = new InspectionText(inspection);
    inspection.servers().forEach(text::server);
    text.flaws();
    text.lines.forEach(line -> CommandOutput.line(call, "%s", line));
  }

  private void server(InspectedServer server) {
    lines.add("%s  (%s)".formatted(Foreign.line(server.name(), 60), origin(server.origin())));
    if (!server.place().isEmpty()) {
      own("  at    ", server.place());
    }
    server.self().ifPresent(this::self);
    server.notes().forEach(note -> own("  note  ", note));
    for (Item item : server.items()) {
      lines.add("");
      item(item);
    }
    lines.add("");
  }

  private static String origin(InspectedServer.Origin origin) {
    return switch (origin) {
      case CONFIGURATION -> "configured, not started";
      case LISTING -> "saved answers";
      case REGISTRY -> "entry of a registry, not started";
      case STARTED -> "started in the sandbox, and ended";
      case ASKED -> "asked over HTTP";
      case NOT_MET -> "not started";
    };
  }

  private void self(InspectedServer.Self self) {
    String named = "%s %s".formatted(self.name(), self.version()).strip();
    if (!self.protocol().isEmpty()) {
      named += ", MCP " + self.protocol();
    }
    own("  is    ", named);
    foreign(self.instructions());
  }

  private void item(Item item) {
    String title = item.whole().text("title").map(it -> ": " + it).orElse("");
    own("  ", item.subject() + title);
    item.whole().text("name").filter(name -> !name.equals(item.name())).ifPresent(this::foreign);
    item.whole().text("description").ifPresent(this::foreign);
    item.whole().get("inputSchema").ifPresent(schema -> schema("takes", schema));
    item.whole().get("outputSchema").ifPresent(schema -> schema("gives", schema));
    for (Node argument : item.whole().items("arguments")) {
      String needed = argument.isTrue("required") ? ", needed" : "";
      own(
          "    takes ",
          "%s%s%s"
              .formatted(
                  argument.text("name").orElse("?"),
                  needed,
                  argument.text("description").map(it -> ": " + it).orElse("")));
    }
    item.whole().text("mimeType").ifPresent(type -> own("    type  ", type));
    for (Map.Entry<String, Node> note : item.whole().fields("annotations").entrySet()) {
      own("    says  ", note.getKey() + " = " + JsonText.of(note.getValue()));
    }
  }

  private void schema(String word, Node schema) {
    List<Node> required = schema.items("required");
    Map<String, Node> properties = schema.fields("properties");
    properties.entrySet().stream()
        .limit(MOST_PROPERTIES)
        .forEach(property -> {
          boolean needed =
              required.stream()
                  .anyMatch(name -> name.scalar().equals(Optional.of(property.getKey())));
          Node value = property.getValue();
          own(
              "    %s ".formatted(word),
              "%s, %s%s%s"
                  .formatted(
                      property.getKey(),
                      type(value, 2),
                      needed ? ", needed" : "",
                      value.text("description").map(it -> ": " + it).orElse("")));
        });
    if (properties.size() > MOST_PROPERTIES) {
      own("    %s ".formatted(word), "and %d more".formatted(properties.size() - MOST_PROPERTIES));
    }
    if (properties.isEmpty() && !schema.fields().isEmpty()) {
      own("    %s ".formatted(word), type(schema, 2));
    }
  }

  private static String type(Node schema, int depth) {
    String type =
        schema
            .text("type")
            .orElseGet(() -> schema.get("type").map(JsonText::of).orElse("anything"));
    List<Node> choices = schema.items("enum");
    if (!choices.isEmpty()) {
      type += " of " + JsonText.of(new Node.Arr(choices, 1));
    }
    if (depth > 0 && schema.get("items").isPresent()) {
      type += " of " + type(schema.get("items").get(), depth - 1);
    }
    if (depth > 0 && !schema.fields("properties").isEmpty()) {
      type += " {" + String.join(", ", schema.fields("properties").keySet()) + "}";
    }
    return type;
  }

  /* One thing behind a word of ours; what does not fit goes on below, further in. */
  private void own(String before, String text) {
    String flat = Foreign.line(text, LONGEST_LINE);
    String further = " ".repeat(before.length());
    for (String line : Foreign.lines(flat, LONGEST_LINE * 10, WIDTH - before.length())) {
      lines.add((before + line).stripTrailing());
      before = further;
    }
  }

  private void foreign(String text) {
    if (!text.isBlank()) {
      Foreign.lines(text, LONGEST, WIDTH - 6).forEach(line -> lines.add("    | " + line));
    }
  }

  private void flaws() {
    for (Flaw flaw : inspection.flaws()) {
      String severity = flaw.severity().name().toLowerCase(Locale.ROOT);
      String subject =
          flaw.subject().isEmpty() ? flaw.server() : flaw.server() + ", " + flaw.subject();
      own("%-8s  ".formatted(severity), "%s  %s".formatted(flaw.id(), subject));
      String where = flaw.where().isEmpty() ? "" : flaw.where() + ": ";
      own("          ", where + flaw.what());
    }
    if (!inspection.flaws().isEmpty()) {
      lines.add("");
    }
    List<String> counts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      if (inspection.count(severity) > 0) {
        counts.add(
            "%d %s"
                .formatted(inspection.count(severity), severity.name().toLowerCase(Locale.ROOT)));
      }
    }
    lines.add("findings: " + (counts.isEmpty() ? "none" : String.join(", ", counts)));
  }
}
