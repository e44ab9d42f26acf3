// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.model.Agent;
import java.util.List;

/// One program that starts MCP servers, and the files in which it is told which.
///
/// @param id its stable id
/// @param name the product name
/// @param presence what one of its files says about it
/// @param project the files in a project, as path endings; `*` stands for one segment
/// @param machine the files of a user, each behind the folder that holds it: `~/` the home, `app:`
///   the folder for application data of the system, `xdg:` the XDG configuration folder, and
///   `linux:`, `mac:`, `windows:` that folder on one system only
record McpClient(
    String id, String name, Presence presence, List<String> project, List<String> machine) {

  /// What a file of the client proves.
  enum Presence {
    /// The client is an agent: its file is proof enough.
    AGENT,
    /// The client is an editor as well: it counts as an agent once the file declares servers.
    EDITOR
  }

  McpClient {
    project = List.copyOf(project);
    machine = List.copyOf(machine);
  }

  Agent agent(String path) {
    return new Agent(name, id, path);
  }
}
