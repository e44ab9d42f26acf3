// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One MCP server as one agent's configuration declares it.
///
/// @param name the key under which the configuration lists it
/// @param agent the agent whose configuration that is
/// @param endpoint the process or URL
/// @param launched the package behind the launcher, in the manner of `npx`, `uvx` or `docker run`,
///   or null when the command is not a known launcher; without a version when not pinned
/// @param settings what else the configuration says
/// @param location the entry in the configuration file
public record McpServer(
    String name,
    Agent agent,
    Endpoint endpoint,
    @Nullable Purl launched,
    Settings settings,
    Location location) {

  /// What a configuration says of a server beyond how to reach it.
  ///
  /// @param enabled false when the configuration switches the server off
  /// @param credentials everything handed over by environment, headers, arguments or URL, by name
  /// @param tools the tool names the file lists, empty when it lists none
  /// @param mounts host paths handed to the server: volumes, roots, allowed folders
  public record Settings(
      boolean enabled, List<Credential> credentials, List<String> tools, List<String> mounts) {
    public Settings {
      credentials = List.copyOf(credentials);
      tools = List.copyOf(tools);
      mounts = List.copyOf(mounts);
    }
  }

  public McpServer {
    requireNonNull(name, "name");
    requireNonNull(agent, "agent");
    requireNonNull(endpoint, "endpoint");
    requireNonNull(settings, "settings");
    requireNonNull(location, "location");
  }
}
