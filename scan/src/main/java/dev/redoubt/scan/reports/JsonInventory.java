// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Agent;
import dev.redoubt.model.Component;
import dev.redoubt.model.Credential.Channel;
import dev.redoubt.model.Ecosystem;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The inventory part of the JSON report.
final class JsonInventory {

  private JsonInventory() {}

  static void write(JsonGenerator json, Inventory inventory) {
    json.writeArrayPropertyStart("components");
    inventory.components().forEach(component -> component(json, component));
    json.writeEndArray();
    json.writeArrayPropertyStart("agents");
    inventory.agents().forEach(agent -> agent(json, agent));
    json.writeEndArray();
    json.writeArrayPropertyStart("servers");
    inventory.servers().forEach(server -> server(json, server));
    json.writeEndArray();
    json.writeArrayPropertyStart("instructions");
    inventory
        .instructions()
        .forEach(file -> {
          json.writeStartObject();
          json.writeStringProperty("path", file.path());
          json.writeStringProperty("kind", file.kind());
          json.writeEndObject();
        });
    json.writeEndArray();
  }

  private static void component(JsonGenerator json, Component component) {
    Purl purl = component.purl();
    json.writeStartObject();
    json.writeStringProperty("purl", purl.toString());
    json.writeStringProperty("name", Words.name(purl));
    text(json, "version", purl.version());
    json.writeStringProperty("ecosystem", Ecosystem.of(purl));
    json.writeStringProperty("scope", Words.of(component.scope()));
    Boolean direct = Words.direct(component);
    if (direct == null) {
      json.writeNullProperty("direct");
    } else {
      json.writeBooleanProperty("direct", direct);
    }
    locations(json, component.locations());
    strings(json, "hashes", component.hashes().stream().map(Hash::toString).toList());
    strings(json, "dependsOn", component.dependsOn().stream().map(Purl::toString).toList());
    json.writeEndObject();
  }

  private static void agent(JsonGenerator json, Agent agent) {
    json.writeStartObject();
    json.writeStringProperty("name", agent.name());
    json.writeStringProperty("kind", agent.kind());
    json.writeStringProperty("path", agent.path());
    json.writeEndObject();
  }

  private static void server(JsonGenerator json, McpServer server) {
    json.writeStartObject();
    json.writeStringProperty("name", server.name());
    json.writeStringProperty("agent", server.agent().kind());
    json.writeStringProperty("transport", Words.transport(server));
    text(json, "command", server.endpoint() instanceof Endpoint.Local l ? l.command() : null);
    strings(json, "args", server.endpoint() instanceof Endpoint.Local l ? l.args() : List.of());
    text(json, "url", server.endpoint() instanceof Endpoint.Remote r ? r.url() : null);
    Purl launched = server.launched();
    text(json, "package", launched == null ? null : launched.toString());
    strings(json, "env", Words.names(server, Channel.ENVIRONMENT));
    strings(json, "headers", Words.names(server, Channel.HEADER));
    strings(json, "tools", server.settings().tools());
    json.writeBooleanProperty("enabled", server.settings().enabled());
    json.writeName("location");
    location(json, server.location());
    json.writeEndObject();
  }

  static void locations(JsonGenerator json, List<Location> locations) {
    json.writeArrayPropertyStart("locations");
    locations.forEach(location -> location(json, location));
    json.writeEndArray();
  }

  private static void location(JsonGenerator json, Location location) {
    json.writeStartObject();
    json.writeStringProperty("path", location.path());
    Integer line = location.line();
    if (line == null) {
      json.writeNullProperty("line");
    } else {
      json.writeNumberProperty("line", line);
    }
    json.writeEndObject();
  }

  static void strings(JsonGenerator json, String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, value);
    }
  }
}
