// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import dev.redoubt.guard.McpMessage;
import java.util.Optional;

/// The name under which agents offer the tool of an MCP server: `mcp__server__tool`.
record McpName(String server, String tool) {

  private static final String PREFIX = "mcp__";

  /// Returns the parts of `name`, or empty when it is no such name.
  static Optional<McpName> of(String name) {
    if (!name.startsWith(PREFIX)) {
      return Optional.empty();
    }
    int end = name.indexOf("__", PREFIX.length());
    return end <= PREFIX.length() || end + 2 >= name.length()
        ? Optional.empty()
        : Optional.of(
            new McpName(server(name.substring(PREFIX.length(), end)), name.substring(end + 2)));
  }

  /* No server is called like a message of another one. */
  private static String server(String name) {
    return McpMessage.in(name).isPresent() ? name.replace('@', '_') : name;
  }
}
