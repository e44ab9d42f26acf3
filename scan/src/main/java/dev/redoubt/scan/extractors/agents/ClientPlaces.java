// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.scan.api.MachinePaths;
import dev.redoubt.scan.extractors.agents.AgentPlaces.OperatingSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where one client keeps its declarations of MCP servers.
///
/// @param id of the client, as reports have it
/// @param project its files in a project, relative to that; a segment may hold `*`
public record ClientPlaces(String id, List<String> project) {

  public ClientPlaces {
    project = List.copyOf(project);
  }

  /// Returns the ids of the clients that are known, sorted.
  public static List<String> ids() {
    return McpClients.all().stream().map(McpClient::id).sorted().toList();
  }

  /// Returns the places of the client `id`; empty when there is none of that id.
  public static Optional<ClientPlaces> of(String id) {
    return McpClients.all().stream()
        .filter(client -> client.id().equals(id))
        .findFirst()
        .map(client -> new ClientPlaces(client.id(), client.project()));
  }

  /// Returns its files below `home`, an absolute folder, as `environment` moves them.
  public MachinePaths machine(Path home, Map<String, String> environment, OperatingSystem system) {
    List<String> written =
        McpClients.all().stream()
            .filter(client -> client.id().equals(id))
            .flatMap(client -> client.machine().stream())
            .toList();
    return AgentPlaces.of(home, environment, system, written);
  }
}
