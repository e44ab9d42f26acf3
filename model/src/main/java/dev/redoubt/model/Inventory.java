// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import java.util.List;

/// What was found: the bill of materials of a repository, machine or image.
///
/// @param components packages; an extractor may list one more than once, the engine merges by purl
/// @param agents agents known by their configuration files
/// @param servers MCP servers in the order of their files
/// @param instructions texts that agents read as instructions
public record Inventory(
    List<Component> components,
    List<Agent> agents,
    List<McpServer> servers,
    List<InstructionFile> instructions) {

  /// The inventory in which nothing was found.
  public static final Inventory EMPTY = new Inventory(List.of(), List.of(), List.of(), List.of());

  public Inventory {
    components = List.copyOf(components);
    agents = List.copyOf(agents);
    servers = List.copyOf(servers);
    instructions = List.copyOf(instructions);
  }

  /// Returns an inventory of packages only.
  public static Inventory ofComponents(List<Component> components) {
    return new Inventory(components, List.of(), List.of(), List.of());
  }
}
