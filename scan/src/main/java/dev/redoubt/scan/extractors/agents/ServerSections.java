// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the server declarations in a configuration, whichever client it belongs to.
///
/// The clients differ in where they put the declarations and agree on what one looks like, so one
/// reader knows all the places: `mcpServers`, `mcp_servers`, `context_servers`, `servers`, `mcp`,
/// `extensions`, under settings, projects and profiles, as an object by name or as a list.
final class ServerSections {

  /// One declaration.
  ///
  /// @param name its key, or its `name` in a list
  /// @param enabled false when a list beside it switches it off
  record Entry(String name, Node node, boolean enabled) {}

  private static final int DEEPEST = 6;
  private static final Set<String> SECTIONS =
      Set.of(
          "mcpServers",
          "mcp_servers",
          "mcp-servers",
          "context_servers",
          "mcp.servers",
          "modelContextProtocolServers",
          "mcpservers",
          "MCPServers");
  private static final Set<String> NO_CONFIGURATION =
      Set.of("properties", "$defs", "definitions", "patternProperties", "history", "examples");
  private static final Set<String> LAUNCH =
      Set.of("command", "cmd", "url", "uri", "serverUrl", "httpUrl", "endpoint", "transport");

  private final List<Entry> entries = new ArrayList<>();
  private boolean present;

  private ServerSections() {}

  /// Returns the declarations in `root`.
  ///
  /// @param client whose file it is
  static ServerSections in(Node root, McpClient client, String fileName) {
    ServerSections sections = new ServerSections();
    sections.search(root, DEEPEST);
    if (client.id().equals("goose")) {
      root.get("extensions").ifPresent(node -> sections.add(node, Set.of()));
    }
    if (fileName.contains("mcp") || client.id().equals("openclaw")) {
      root.get("servers").ifPresent(node -> sections.add(node, Set.of()));
    }
    if (!sections.present && fileName.contains("mcp") && isBareSection(root)) {
      sections.add(root, Set.of());
    }
    return sections;
  }

  List<Entry> entries() {
    return entries;
  }

  /// Returns whether the file has a place for declarations, be it empty.
  boolean present() {
    return present;
  }

  private void search(Node node, int depth) {
    if (depth == 0) {
      return;
    }
    Set<String> disabled = disabled(node);
    for (Map.Entry<String, Node> field : node.fields().entrySet()) {
      String key = field.getKey();
      Node value = field.getValue();
      if (SECTIONS.contains(key) || key.endsWith(".mcpServers") || key.endsWith(".mcp.servers")) {
        add(value, disabled);
      } else if (key.equals("mcp")) {
        mcp(value, depth - 1);
      } else if (!NO_CONFIGURATION.contains(key)) {
        search(value, depth - 1);
      }
    }
    for (Node item : node.items()) {
      if (item instanceof Node.Obj) {
        search(item, depth - 1);
      }
    }
  }

  /* "mcp" holds the servers themselves (opencode), or a section that does (VS Code), or settings. */
  private void mcp(Node value, int depth) {
    Set<String> disabled = disabled(value);
    if (value.get("servers").isPresent()) {
      value.get("servers").ifPresent(node -> add(node, disabled));
    } else if (looksLikeServers(value)) {
      add(value, disabled);
    } else {
      search(value, depth);
    }
  }

  private void add(Node section, Set<String> disabled) {
    present = true;
    section
        .fields()
        .forEach((name, node) -> {
          if (!name.startsWith("$")) {
            entries.add(new Entry(name, node, !disabled.contains(name)));
          }
        });
    int index = 0;
    for (Node item : section.items()) {
      String name = item.scalar("name").or(() -> item.scalar("id")).orElse("#" + index);
      entries.add(new Entry(name, item, !disabled.contains(name)));
      index++;
    }
  }

  private static Set<String> disabled(Node container) {
    Set<String> names = new HashSet<>();
    for (String key :
        List.of("disabledMcpServers", "disabledMcpjsonServers", "excluded", "disabledServers")) {
      container.items(key).forEach(item -> item.scalar().ifPresent(names::add));
    }
    for (Node item : container.get("mcp").map(mcp -> mcp.items("excluded")).orElse(List.of())) {
      item.scalar().ifPresent(names::add);
    }
    return names;
  }

  /* A file without any section around its declarations. */
  private static boolean isBareSection(Node root) {
    return looksLikeServers(root)
        && root.fields().entrySet().stream()
            .filter(field -> !field.getKey().startsWith("$"))
            .allMatch(field -> LAUNCH.stream().anyMatch(key -> launches(field.getValue(), key)));
  }

  private static boolean looksLikeServers(Node node) {
    return !node.fields().isEmpty()
        && node.fields().entrySet().stream()
            .filter(field -> !field.getKey().startsWith("$"))
            .anyMatch(field -> LAUNCH.stream().anyMatch(key -> launches(field.getValue(), key)));
  }

  private static boolean launches(Node node, String key) {
    return node.get(key).filter(value -> !(value instanceof Node.Nothing)).isPresent();
  }
}
