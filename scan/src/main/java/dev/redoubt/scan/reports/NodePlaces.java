// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Agent;
import dev.redoubt.model.Component;
import dev.redoubt.model.Credential;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.McpServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Knows where the nodes of a reach path stand in the scanned files.
final class NodePlaces {

  private final Map<String, Location> components = new HashMap<>();
  private final Map<String, List<McpServer>> servers = new HashMap<>();
  private final Map<String, Location> agents = new HashMap<>();

  NodePlaces(Inventory inventory) {
    for (Component component : inventory.components()) {
      if (!component.locations().isEmpty()) {
        components.putIfAbsent(component.purl().toString(), component.locations().getFirst());
      }
    }
    for (McpServer server : inventory.servers()) {
      servers.computeIfAbsent(server.name(), _ -> new ArrayList<>()).add(server);
    }
    for (Agent agent : inventory.agents()) {
      agents.putIfAbsent(agent.kind(), new Location(agent.path(), null));
    }
  }

  /// Returns the kind of a node, the part before the colon.
  static String kind(String node) {
    int colon = node.indexOf(':');
    return colon < 0 ? "" : node.substring(0, colon);
  }

  /// Returns the name of a node, the part after the colon.
  static String name(String node) {
    return node.substring(node.indexOf(':') + 1);
  }

  /// Returns the place of `node`, or null when the inventory does not say.
  ///
  /// @param path the path it is on, which tells apart two servers of one name
  @Nullable Location of(String node, List<String> path) {
    String name = name(node);
    return switch (kind(node)) {
      case "component" -> components.get(name);
      case "file" -> new Location(name, null);
      case "agent" -> agents.get(name);
      case "server" -> place(server(name, path));
      case "credential" -> credential(name, path);
      case "tool" -> place(serverOn(path));
      default -> null;
    };
  }

  private @Nullable Location credential(String name, List<String> path) {
    McpServer server = serverOn(path);
    if (server == null) {
      return null;
    }
    Integer line =
        server.settings().credentials().stream()
            .filter(credential -> credential.name().equals(name))
            .findFirst()
            .map(Credential::line)
            .orElse(server.location().line());
    return new Location(server.location().path(), line);
  }

  private @Nullable McpServer serverOn(List<String> path) {
    return path.stream()
        .filter(node -> kind(node).equals("server"))
        .findFirst()
        .map(node -> server(name(node), path))
        .orElse(null);
  }

  private @Nullable McpServer server(String name, List<String> path) {
    List<McpServer> named = servers.getOrDefault(name, List.of());
    return named.stream()
        .filter(server -> path.contains("agent:" + server.agent().kind()))
        .findFirst()
        .orElse(named.isEmpty() ? null : named.getFirst());
  }

  private static @Nullable Location place(@Nullable McpServer server) {
    return server == null ? null : server.location();
  }
}
