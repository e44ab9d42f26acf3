// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reports every MCP server that is reached over plain HTTP.
///
/// Anyone on the path can rewrite its tool descriptions and results, and so steer the agent.
/// `localhost` and loopback addresses are exempt. Any other name is not, even if it resolves to
/// loopback today: the answer can change after the scan, so this matcher never asks for it.
public final class McpPlainHttpMatcher implements Matcher {

  private static final PluginId ID = new PluginId("mcp-plain-http");
  /* Programs that make a remote server look local; the address they are given is the endpoint. */
  private static final Set<String> BRIDGES =
      Set.of("mcp-remote", "mcp-proxy", "supergateway", "mcp-remote-client", "mcp-client-proxy");
  private static final Set<String> PLAIN = Set.of("http", "ws");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    for (McpServer server : inventory.servers()) {
      if (server.settings().enabled()) {
        addresses(server).stream()
            .filter(McpPlainHttpMatcher::isExposed)
            .findFirst()
            .ifPresent(url -> findings.add(finding(server, url)));
      }
    }
    return Matches.of(findings);
  }

  private static List<String> addresses(McpServer server) {
    return switch (server.endpoint()) {
      case Endpoint.Remote(String url, String _) -> List.of(url);
      case Endpoint.Local(String _, List<String> args, var _) -> {
        Purl launched = server.launched();
        yield launched != null && BRIDGES.contains(launched.name()) ? args : List.of();
      }
      case Endpoint.Unknown() -> List.of();
    };
  }

  private static boolean isExposed(String url) {
    RemoteHost host = RemoteHost.of(url);
    return PLAIN.contains(host.scheme()) && !host.isLoopback();
  }

  private static Finding finding(McpServer server, String url) {
    boolean unknown = RemoteHost.of(url).isUnknown();
    return ServerFinding.of(
        ID,
        unknown ? Severity.MEDIUM : Severity.HIGH,
        server,
        unknown
            ? "is reached over plain HTTP at a host that is told at run time"
            : "is reached over plain HTTP",
        List.of(url));
  }
}
