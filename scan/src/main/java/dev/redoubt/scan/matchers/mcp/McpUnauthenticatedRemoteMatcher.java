// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.model.Credential;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import java.util.ArrayList;
import java.util.List;

/// Reports every remote MCP server whose configuration names no credential.
///
/// A header, a parameter, a variable or a mention of OAuth counts as one. Low, because many servers
/// negotiate OAuth when they are first used, of which a configuration says nothing.
public final class McpUnauthenticatedRemoteMatcher implements Matcher {

  private static final PluginId ID = new PluginId("mcp-unauthenticated-remote");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    for (McpServer server : inventory.servers()) {
      if (server.settings().enabled()
          && server.endpoint() instanceof Endpoint.Remote(String url, String _)
          && isElsewhere(url)
          && server.settings().credentials().stream()
              .noneMatch(McpUnauthenticatedRemoteMatcher::authenticates)) {
        findings.add(
            ServerFinding.of(
                ID,
                Severity.LOW,
                server,
                "is remote and its configuration names no credential;"
                    + " whether it asks for one when it is used cannot be seen here",
                List.of(url)));
      }
    }
    return Matches.of(findings);
  }

  private static boolean isElsewhere(String url) {
    RemoteHost host = RemoteHost.of(url);
    return !host.scheme().isEmpty() && !host.isLoopback();
  }

  private static boolean authenticates(Credential credential) {
    boolean handedOver =
        credential.form() == Credential.Form.LITERAL_SECRET
            || credential.form() == Credential.Form.REFERENCE;
    return handedOver && credential.channel() != Credential.Channel.ARGUMENT;
  }
}
