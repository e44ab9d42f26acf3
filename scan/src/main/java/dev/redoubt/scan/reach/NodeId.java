// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reach;

import dev.redoubt.model.Agent;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;

/// The names of the nodes in a path, `type:name`.
final class NodeId {

  private NodeId() {}

  static String component(Purl purl) {
    return "component:" + purl;
  }

  static String server(McpServer server) {
    return "server:" + server.name();
  }

  static String agent(Agent agent) {
    return "agent:" + agent.kind();
  }

  static String credential(String name) {
    return "credential:" + name;
  }

  static String tool(String name) {
    return "tool:" + name;
  }

  static String file(String path) {
    return "file:" + path;
  }
}
