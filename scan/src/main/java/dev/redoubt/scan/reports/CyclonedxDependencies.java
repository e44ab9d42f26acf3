// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Component;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// The dependency graph of the CycloneDX report: folder to direct packages, agents and instruction
/// files, agent to server, server to the package it launches, package to package.
///
/// CycloneDX reads an entry without dependencies as "has none" and a missing entry as "not known".
/// A package without edges therefore gets an entry only when its file states edges at all.
final class CyclonedxDependencies {

  private CyclonedxDependencies() {}

  static void write(JsonGenerator json, Inventory inventory, CyclonedxRefs refs) {
    Map<String, Set<String>> edges = new LinkedHashMap<>();
    edges.put(CyclonedxRefs.ROOT, ofRoot(refs));
    servers(inventory, refs, edges);
    packages(refs, edges);
    json.writeArrayPropertyStart("dependencies");
    edges.forEach((ref, dependencies) -> {
      json.writeStartObject();
      json.writeStringProperty("ref", ref);
      json.writeArrayPropertyStart("dependsOn");
      dependencies.forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
    });
    json.writeEndArray();
  }

  private static Set<String> ofRoot(CyclonedxRefs refs) {
    Set<String> direct = new LinkedHashSet<>();
    for (Component component : refs.components()) {
      if (component.relation() == Relation.DIRECT) {
        direct.add(CyclonedxRefs.of(component.purl()));
      }
    }
    refs.agents().forEach(agent -> direct.add(CyclonedxRefs.of(agent)));
    for (InstructionFile file : refs.instructions()) {
      direct.add(CyclonedxRefs.ofFile(file.path()));
    }
    return direct;
  }

  private static void servers(
      Inventory inventory, CyclonedxRefs refs, Map<String, Set<String>> edges) {
    refs.agents().forEach(agent -> edges.put(CyclonedxRefs.of(agent), new LinkedHashSet<>()));
    for (McpServer server : inventory.servers()) {
      if (refs.has(server.agent())) {
        edges
            .computeIfAbsent(CyclonedxRefs.of(server.agent()), _ -> new LinkedHashSet<>())
            .add(refs.of(server));
      }
      Purl launched = server.launched();
      if (launched != null && refs.has(launched)) {
        edges
            .computeIfAbsent(refs.of(server), _ -> new LinkedHashSet<>())
            .add(CyclonedxRefs.of(launched));
      }
    }
  }

  private static void packages(CyclonedxRefs refs, Map<String, Set<String>> edges) {
    Collection<Component> components = refs.components();
    Set<String> filesWithEdges = new HashSet<>();
    for (Component component : components) {
      if (!component.dependsOn().isEmpty()) {
        component.locations().forEach(location -> filesWithEdges.add(location.path()));
      }
    }
    for (Component component : components) {
      boolean known =
          component.locations().stream()
              .anyMatch(location -> filesWithEdges.contains(location.path()));
      if (known) {
        Set<String> dependencies = new LinkedHashSet<>();
        component.dependsOn().stream()
            .filter(refs::has)
            .forEach(purl -> dependencies.add(CyclonedxRefs.of(purl)));
        edges.put(CyclonedxRefs.of(component.purl()), dependencies);
      }
    }
  }
}
