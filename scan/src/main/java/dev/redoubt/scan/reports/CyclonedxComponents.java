// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Component;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// The components of the CycloneDX report: packages only, so their number is the one of every other
/// format.
final class CyclonedxComponents {

  private CyclonedxComponents() {}

  static void write(JsonGenerator json, Inventory inventory, CyclonedxRefs refs) {
    json.writeArrayPropertyStart("components");
    refs.components().forEach(component -> component(json, component));
    json.writeEndArray();
  }

  private static void component(JsonGenerator json, Component component) {
    Purl purl = component.purl();
    json.writeStartObject();
    json.writeStringProperty("type", type(purl));
    json.writeStringProperty("bom-ref", CyclonedxRefs.of(purl));
    String namespace = purl.namespace();
    if (namespace != null) {
      json.writeStringProperty("group", namespace);
    }
    json.writeStringProperty("name", purl.name());
    String version = purl.version();
    if (version != null) {
      json.writeStringProperty("version", version);
    }
    scope(component).ifPresent(scope -> json.writeStringProperty("scope", scope));
    hashes(json, component.hashes());
    json.writeStringProperty("purl", purl.toString());
    occurrences(json, component.locations());
    json.writeArrayPropertyStart("properties");
    CyclonedxReport.property(json, "scope", Words.of(component.scope()));
    CyclonedxReport.property(json, "relation", Words.of(component.relation()));
    component.hashes().stream()
        .filter(hash -> HashHex.of(hash).isEmpty())
        .forEach(hash -> CyclonedxReport.property(json, "hash", hash.toString()));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String type(Purl purl) {
    return switch (purl.type()) {
      case "docker", "oci" -> "container";
      default -> "library";
    };
  }

  private static Optional<String> scope(Component component) {
    return switch (component.scope()) {
      case PROD -> Optional.of("required");
      case OPTIONAL -> Optional.of("optional");
      case DEV -> Optional.of("excluded");
      case UNKNOWN -> Optional.empty();
    };
  }

  private static void hashes(JsonGenerator json, List<Hash> hashes) {
    List<HashHex> known =
        hashes.stream().flatMap(hash -> HashHex.of(hash).stream()).distinct().toList();
    if (known.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("hashes");
    for (HashHex hash : known) {
      json.writeStartObject();
      json.writeStringProperty("alg", hash.algorithm().cyclonedx());
      json.writeStringProperty("content", hash.digest());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void occurrences(JsonGenerator json, List<Location> locations) {
    json.writeObjectPropertyStart("evidence");
    json.writeArrayPropertyStart("occurrences");
    for (Location location : locations) {
      json.writeStartObject();
      json.writeStringProperty("location", location.path());
      Integer line = location.line();
      if (line != null) {
        json.writeNumberProperty("line", line);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
