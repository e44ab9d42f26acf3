// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import dev.redoubt.model.Agent;
import dev.redoubt.model.Component;
import dev.redoubt.model.Credential;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Gap;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.McpServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes extractions so that a reviewer can read the difference: one line for each thing found.
final class ExtractionJson {

  private ExtractionJson() {}

  static String of(List<Extraction> extractions) {
    List<String> components = new ArrayList<>();
    List<String> agents = new ArrayList<>();
    List<String> servers = new ArrayList<>();
    List<String> instructions = new ArrayList<>();
    List<String> gaps = new ArrayList<>();
    for (Extraction extraction : extractions) {
      extraction.inventory().components().forEach(it -> components.add(component(it)));
      extraction.inventory().agents().forEach(it -> agents.add(agent(it)));
      extraction.inventory().servers().forEach(it -> servers.add(server(it)));
      extraction.inventory().instructions().forEach(it -> instructions.add(instruction(it)));
      extraction.gaps().forEach(it -> gaps.add(gap(it)));
    }
    Map<String, List<String>> sections = new LinkedHashMap<>();
    sections.put("components", components);
    sections.put("agents", agents);
    sections.put("servers", servers);
    sections.put("instructions", instructions);
    sections.put("gaps", gaps);
    List<String> written = new ArrayList<>();
    sections.forEach((name, rows) -> {
      if (!rows.isEmpty() || name.equals("components") || name.equals("gaps")) {
        written.add(
            "  \""
                + name
                + "\": ["
                + (rows.isEmpty() ? "]" : "\n    " + String.join(",\n    ", rows) + "\n  ]"));
      }
    });
    return "{\n" + String.join(",\n", written) + "\n}\n";
  }

  private static String component(Component it) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("purl", it.purl().toString());
    row.put("scope", it.scope().name().toLowerCase(Locale.ROOT));
    row.put("relation", it.relation().name().toLowerCase(Locale.ROOT));
    row.put("at", it.locations().stream().map(Object::toString).toList());
    if (!it.hashes().isEmpty()) {
      row.put("hashes", it.hashes().stream().map(Object::toString).toList());
    }
    if (!it.dependsOn().isEmpty()) {
      row.put("dependsOn", it.dependsOn().stream().map(Object::toString).toList());
    }
    return json(row);
  }

  private static String agent(Agent it) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", it.name());
    row.put("kind", it.kind());
    row.put("path", it.path());
    return json(row);
  }

  private static String server(McpServer it) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", it.name());
    row.put("agent", it.agent().kind());
    switch (it.endpoint()) {
      case Endpoint.Local(String command, List<String> args, String directory) -> {
        row.put("command", command);
        row.put("args", args);
        row.put("cwd", directory);
      }
      case Endpoint.Remote(String url, String transport) -> {
        row.put("url", url);
        row.put("transport", transport);
      }
      case Endpoint.Unknown() -> row.put("endpoint", "unknown");
    }
    row.put("launched", it.launched() == null ? null : it.launched().toString());
    row.put("enabled", it.settings().enabled());
    row.put(
        "credentials",
        it.settings().credentials().stream().map(ExtractionJson::credential).toList());
    row.put("tools", it.settings().tools());
    row.put("mounts", it.settings().mounts());
    row.put("at", it.location().toString());
    row.values().removeIf(value -> value == null || value.equals(List.of()));
    return json(row);
  }

  private static String credential(Credential it) {
    return "%s:%s:%s%s"
        .formatted(
            it.channel().name().toLowerCase(Locale.ROOT),
            it.name(),
            it.form().name().toLowerCase(Locale.ROOT),
            it.line() == null ? "" : "@" + it.line());
  }

  private static String instruction(InstructionFile it) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("path", it.path());
    row.put("kind", it.kind());
    row.put("frontMatter", it.frontMatter());
    row.put("characters", it.text().length());
    return json(row);
  }

  private static String gap(Gap it) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("path", it.path());
    row.put("line", it.line());
    row.put("reason", it.reason());
    row.put("hint", it.hint());
    row.values().removeIf(value -> value == null);
    return json(row);
  }

  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<String> fields = new ArrayList<>();
        map.forEach((key, field) -> fields.add(quoted(key.toString()) + ": " + json(field)));
        yield "{" + String.join(", ", fields) + "}";
      }
      case List<?> list -> {
        List<String> items = new ArrayList<>();
        list.forEach(item -> items.add(json(item)));
        yield "[" + String.join(", ", items) + "]";
      }
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
