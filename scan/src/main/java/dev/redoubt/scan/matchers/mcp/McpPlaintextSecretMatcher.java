// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.model.Credential;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Rating;
import dev.redoubt.model.Severity;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reports every MCP server that is handed a secret in plain text.
///
/// The file is read by every process of the user, backed up, and often committed. Environment,
/// headers, arguments and address are looked at; a server that is switched off counts too.
public final class McpPlaintextSecretMatcher implements Matcher {

  private static final PluginId ID = new PluginId("mcp-plaintext-secret");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    for (McpServer server : inventory.servers()) {
      List<Credential> literal =
          server.settings().credentials().stream()
              .filter(credential -> credential.form() == Credential.Form.LITERAL_SECRET)
              .toList();
      if (!literal.isEmpty()) {
        findings.add(finding(server, literal));
      }
    }
    return Matches.of(findings);
  }

  private static Finding finding(McpServer server, List<Credential> literal) {
    List<Location> locations =
        literal.stream()
            .map(credential ->
                credential.line() == null
                    ? server.location()
                    : new Location(server.location().path(), credential.line()))
            .distinct()
            .toList();
    List<String> names = literal.stream().map(Credential::name).distinct().toList();
    return new Finding(
        new Finding.Identity(ID.value(), List.of()),
        Finding.Kind.MCP,
        Rating.of(Severity.HIGH),
        new Subject.OfServer(server.name(), server.agent().path()),
        new Finding.Proof(
            "MCP server \"%s\" is handed a secret in plain text: %s"
                .formatted(server.name(), String.join(", ", names)),
            null,
            literal.stream().map(McpPlaintextSecretMatcher::evidence).toList()),
        locations);
  }

  private static String evidence(Credential credential) {
    return "%s %s = ***%s"
        .formatted(
            credential.channel().name().toLowerCase(Locale.ROOT),
            credential.name(),
            credential.fingerprint() == null
                ? ""
                : " (fingerprint " + credential.fingerprint() + ")");
  }
}
