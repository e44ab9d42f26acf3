// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Credential;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The services of the CycloneDX report: the MCP servers, with the names of what they are handed.
final class CyclonedxServices {

  private CyclonedxServices() {}

  static void write(JsonGenerator json, Inventory inventory, CyclonedxRefs refs) {
    json.writeArrayPropertyStart("services");
    inventory.servers().forEach(server -> service(json, server, refs));
    json.writeEndArray();
  }

  private static void service(JsonGenerator json, McpServer server, CyclonedxRefs refs) {
    json.writeStartObject();
    json.writeStringProperty("bom-ref", refs.of(server));
    json.writeStringProperty("name", server.name());
    if (server.endpoint() instanceof Endpoint.Remote remote) {
      UriText.ofUrl(remote.url())
          .ifPresent(url -> JsonInventory.strings(json, "endpoints", List.of(url)));
    }
    json.writeArrayPropertyStart("properties");
    CyclonedxReport.property(json, "kind", "mcp-server");
    CyclonedxReport.property(json, "agent", server.agent().kind());
    CyclonedxReport.property(json, "transport", Words.transport(server));
    CyclonedxReport.property(json, "enabled", String.valueOf(server.settings().enabled()));
    CyclonedxReport.property(json, "location", server.location().toString());
    endpoint(json, server.endpoint());
    Purl launched = server.launched();
    if (launched != null) {
      CyclonedxReport.property(json, "package", launched.toString());
    }
    for (Credential.Channel channel : Credential.Channel.values()) {
      Words.names(server, channel)
          .forEach(name -> CyclonedxReport.property(json, Words.of(channel), name));
    }
    server.settings().tools().forEach(tool -> CyclonedxReport.property(json, "tool", tool));
    server.settings().mounts().forEach(mount -> CyclonedxReport.property(json, "mount", mount));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void endpoint(JsonGenerator json, Endpoint endpoint) {
    switch (endpoint) {
      case Endpoint.Local(String command, List<String> args, String _) -> {
        CyclonedxReport.property(json, "command", command);
        args.forEach(arg -> CyclonedxReport.property(json, "arg", arg));
      }
      case Endpoint.Remote(String url, String _) -> CyclonedxReport.property(json, "url", url);
      case Endpoint.Unknown() -> {}
    }
  }
}
