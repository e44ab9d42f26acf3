// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

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

/// Reports every MCP server whose launcher fetches a package without one exact version.
///
/// Each start may run code that nobody has looked at: a hijacked release reaches every machine the
/// next time the agent starts. A package is medium; a container image is low, since the container
/// still confines what a new image does.
public final class McpUnpinnedPackageMatcher implements Matcher {

  private static final PluginId ID = new PluginId("mcp-unpinned-package");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    for (McpServer server : inventory.servers()) {
      Purl launched = server.launched();
      if (server.settings().enabled()
          && launched != null
          && !isInstalled(server)
          && !isPinned(launched)) {
        boolean image = launched.type().equals("docker");
        findings.add(
            ServerFinding.of(
                ID,
                image ? Severity.LOW : Severity.MEDIUM,
                server,
                image
                    ? "runs a container image by a tag that can move"
                    : "runs whatever release of a package is the newest",
                List.of(launched.toString())));
      }
    }
    return Matches.of(findings);
  }

  /* A tag with a number in it names a release by convention; "latest", "stable" or "main" name none. */
  private static boolean isPinned(Purl purl) {
    String version = purl.version();
    if (version == null) {
      return false;
    }
    return switch (purl.type()) {
      case "docker" -> version.chars().anyMatch(Character::isDigit);
      case "github", "bitbucket", "generic" -> version.matches("[0-9a-f]{40}|[0-9a-f]{64}");
      default -> true;
    };
  }

  /* "node …/node_modules/x" fetches nothing: a lock file decides. */
  private static boolean isInstalled(McpServer server) {
    return ServerFinding.words(server).stream()
        .anyMatch(word -> word.text().replace('\\', '/').contains("node_modules/"));
  }
}
