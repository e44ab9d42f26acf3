// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Component;
import dev.redoubt.model.Credential;
import dev.redoubt.model.Ecosystem;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import java.util.List;
import java.util.stream.Collectors;

/// Servers, agents, instruction files and components in the HTML report.
final class HtmlInventory {

  private static final int MOST_COMPONENTS = 5000;

  private HtmlInventory() {}

  static void write(HtmlWriter html, Inventory inventory) {
    html.open("section", "id", "servers").line();
    html.element("h2", "MCP servers, agents and instruction files").line();
    servers(html, inventory.servers());
    clients(html, inventory);
    html.close("section").line();
    html.open("section", "id", "components").line().element("h2", "Components").line();
    components(html, inventory.components());
    html.close("section").line();
  }

  private static void servers(HtmlWriter html, List<McpServer> servers) {
    if (servers.isEmpty()) {
      html.element("p", "No MCP servers were found.", "class", "muted").line();
      return;
    }
    html.open("div", "class", "scroll").open("table", "data-sort", "").line();
    HtmlTable.head(html, "Server", "Agent", "Transport", "Runs", "Gets by name", "Tools", "Where");
    html.open("tbody").line();
    servers.forEach(server -> server(html, server));
    html.close("tbody").close("table").close("div").line();
  }

  private static void server(HtmlWriter html, McpServer server) {
    html.open("tr").open("td", "class", "name").text(server.name());
    if (!server.settings().enabled()) {
      html.element("span", "off", "class", "badge low");
    }
    html.close("td");
    html.element("td", server.agent().name());
    html.element("td", Words.transport(server));
    html.element("td", runs(server), "class", "place");
    html.element(
        "td",
        server.settings().credentials().stream()
            .map(Credential::name)
            .distinct()
            .collect(Collectors.joining(", ")),
        "class",
        "name");
    html.element("td", String.join(", ", server.settings().tools()), "class", "name");
    html.element("td", server.location().toString(), "class", "place");
    html.close("tr").line();
  }

  private static String runs(McpServer server) {
    return switch (server.endpoint()) {
      case Endpoint.Local(String command, List<String> args, String _) ->
          args.isEmpty() ? command : command + " " + String.join(" ", args);
      case Endpoint.Remote(String url, String _) -> url;
      case Endpoint.Unknown() -> "";
    };
  }

  private static void clients(HtmlWriter html, Inventory inventory) {
    if (inventory.agents().isEmpty() && inventory.instructions().isEmpty()) {
      return;
    }
    html.open("div", "class", "scroll").open("table", "data-sort", "").line();
    HtmlTable.head(html, "Agent or instructions", "Kind", "File");
    html.open("tbody").line();
    inventory
        .agents()
        .forEach(agent -> {
          html.open("tr").element("td", agent.name()).element("td", agent.kind());
          html.element("td", agent.path(), "class", "place").close("tr").line();
        });
    inventory
        .instructions()
        .forEach(file -> {
          html.open("tr").element("td", "instructions").element("td", file.kind());
          html.element("td", file.path(), "class", "place").close("tr").line();
        });
    html.close("tbody").close("table").close("div").line();
  }

  private static void components(HtmlWriter html, List<Component> components) {
    if (components.isEmpty()) {
      html.element("p", "No components were found.", "class", "muted").line();
      return;
    }
    html.open("details", "open", "");
    html.element("summary", Words.count(components.size(), "component"));
    html.open("div", "class", "scroll").open("table", "data-sort", "").line();
    HtmlTable.head(html, "Name", "Version", "Ecosystem", "Scope", "Relation", "Where");
    html.open("tbody").line();
    components.stream().limit(MOST_COMPONENTS).forEach(component -> component(html, component));
    html.close("tbody").close("table").close("div").line();
    if (components.size() > MOST_COMPONENTS) {
      html.element(
          "p",
          "%d more are left out here; the formats json, cyclonedx and spdx have all."
              .formatted(components.size() - MOST_COMPONENTS),
          "class",
          "muted");
    }
    html.close("details").line();
  }

  private static void component(HtmlWriter html, Component component) {
    Purl purl = component.purl();
    String version = purl.version();
    html.open("tr");
    html.element("td", Words.name(purl), "class", "name", "title", purl.toString());
    html.element("td", version == null ? "not pinned" : version, "class", "name");
    html.element("td", Ecosystem.of(purl));
    html.element("td", Words.of(component.scope()));
    html.element("td", Words.of(component.relation()));
    HtmlTable.places(html, component.locations().stream().map(Location::toString).toList());
    html.close("tr").line();
  }
}
