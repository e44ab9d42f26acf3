// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.commands.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reports every MCP server that is given the socket of a container engine.
///
/// Whoever can talk to it starts a container with the root of the machine inside: the container
/// around the server confines nothing.
public final class McpDockerSocketMatcher implements Matcher {

  private static final PluginId ID = new PluginId("mcp-docker-socket");
  private static final Pattern SOCKET =
      Pattern.compile(
          "(?i).*(?:(?:docker|podman|containerd|crio)\\.sock|[/\\\\]pipe[/\\\\]docker_engine).*",
          Pattern.DOTALL);

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    for (McpServer server : inventory.servers()) {
      List<String> sockets =
          Stream.concat(
                  server.settings().mounts().stream(),
                  ServerFinding.words(server).stream().map(Word::text))
              .filter(text -> SOCKET.matcher(text).matches())
              .distinct()
              .toList();
      if (server.settings().enabled() && !sockets.isEmpty()) {
        findings.add(
            ServerFinding.of(
                ID, Severity.HIGH, server, "is given the socket of a container engine", sockets));
      }
    }
    return Matches.of(findings);
  }
}
