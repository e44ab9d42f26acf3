// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

/// What a server says of itself.
///
/// @param name as it calls itself; may be empty
/// @param version of the server; may be empty
/// @param protocol the version of MCP that is spoken with it
/// @param era the era of that version
/// @param instructions what it wants models to know; may be empty
public record ServerSelf(
    String name, String version, String protocol, Era era, String instructions) {
  public ServerSelf {
    requireNonNull(name, "name");
    requireNonNull(version, "version");
    requireNonNull(protocol, "protocol");
    requireNonNull(era, "era");
    requireNonNull(instructions, "instructions");
  }
}
