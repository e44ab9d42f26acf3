// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Agent;
import dev.redoubt.model.Component;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Subject;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The references of a CycloneDX document: each is given to one thing only, and nothing refers to
/// what is not there.
final class CyclonedxRefs {

  /// The scanned folder.
  static final String ROOT = "root";

  private final Map<String, Component> components = new LinkedHashMap<>();
  private final Map<String, Agent> agents = new LinkedHashMap<>();
  private final Map<String, InstructionFile> instructions = new LinkedHashMap<>();
  private final IdentityHashMap<McpServer, String> servers = new IdentityHashMap<>();
  private final Map<Subject, String> serverSubjects = new HashMap<>();

  CyclonedxRefs(Inventory inventory) {
    inventory.components().forEach(one -> components.putIfAbsent(of(one.purl()), one));
    inventory.agents().forEach(one -> agents.putIfAbsent(of(one), one));
    inventory.instructions().forEach(one -> instructions.putIfAbsent(ofFile(one.path()), one));
    Map<String, Integer> seen = new HashMap<>();
    for (McpServer server : inventory.servers()) {
      String name =
          "server:%s:%s:%s"
              .formatted(server.agent().kind(), server.location().path(), server.name());
      int number = seen.merge(name, 1, Integer::sum);
      String ref = number == 1 ? name : name + "#" + number;
      servers.put(server, ref);
      serverSubjects.putIfAbsent(
          new Subject.OfServer(server.name(), server.location().path()), ref);
    }
  }

  static String of(Purl purl) {
    return purl.toString();
  }

  static String of(Agent agent) {
    return "agent:" + agent.kind() + ":" + agent.path();
  }

  static String ofFile(String path) {
    return "file:" + path;
  }

  /// Returns the reference of `server`, a server of this inventory.
  String of(McpServer server) {
    return Objects.requireNonNull(servers.get(server), "server");
  }

  /// Returns the reference of what a finding is about, or that of the scanned folder when it is not
  /// in the document.
  String of(Subject subject) {
    return switch (subject) {
      case Subject.OfComponent(Purl purl) -> has(purl) ? of(purl) : ROOT;
      case Subject.OfServer _ -> serverSubjects.getOrDefault(subject, ROOT);
      case Subject.OfFile(String path) ->
          instructions.containsKey(ofFile(path)) ? ofFile(path) : ROOT;
    };
  }

  boolean has(Purl purl) {
    return components.containsKey(of(purl));
  }

  boolean has(Agent agent) {
    return agents.containsKey(of(agent));
  }

  Collection<Component> components() {
    return components.values();
  }

  Collection<Agent> agents() {
    return agents.values();
  }

  Collection<InstructionFile> instructions() {
    return instructions.values();
  }
}
