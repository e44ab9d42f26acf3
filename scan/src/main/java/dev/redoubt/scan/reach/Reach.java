// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reach;

import dev.redoubt.model.Agent;
import dev.redoubt.model.Component;
import dev.redoubt.model.Credential;
import dev.redoubt.model.Finding;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Scope;
import dev.redoubt.model.Subject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds what each finding can reach in one inventory.
///
/// A package reaches the packages that ask for it, the servers that run it, and through a server
/// the agent that starts the server, the credentials that agent hands to that server and the tools
/// the server offers. A credential handed to another server is not reached. An instruction file
/// reaches the agents that read it and through them everything their servers hold. Servers that are
/// switched off reach nothing.
///
/// Immutable and safe to share. Building it is linear in the inventory; one finding costs at most
/// one walk over the packages above it.
public final class Reach {

  /* A server with hundreds of tools would drown the rest of a report. */
  private static final int MOST_PATHS = 25;

  private final Map<String, List<String>> dependents = new HashMap<>();
  private final Map<String, List<McpServer>> serversOf = new HashMap<>();
  private final Map<String, Component> components = new HashMap<>();
  private final List<McpServer> enabled;
  private final Inventory inventory;

  public Reach(Inventory inventory) {
    this.inventory = inventory;
    this.enabled = inventory.servers().stream().filter(s -> s.settings().enabled()).toList();
    ServedFolders folders = new ServedFolders(inventory.components());
    for (McpServer server : enabled) {
      for (Component component : folders.runBy(server)) {
        serversOf.computeIfAbsent(component.purl().toString(), _ -> new ArrayList<>()).add(server);
      }
    }
    for (Component component : inventory.components()) {
      String id = component.purl().toString();
      components.put(id, component);
      for (Purl dependency : component.dependsOn()) {
        dependents.computeIfAbsent(dependency.toString(), _ -> new ArrayList<>()).add(id);
      }
    }
  }

  /// Returns `findings` with their paths and risk, worst first.
  public List<RankedFinding> rank(List<Finding> findings) {
    return findings.stream().map(this::ranked).sorted(RankedFinding.WORST_FIRST).toList();
  }

  private RankedFinding ranked(Finding finding) {
    List<List<String>> paths =
        switch (finding.subject()) {
          case Subject.OfComponent(Purl purl) -> fromComponent(purl);
          case Subject.OfServer(String name, String configuration) ->
              fromServer(name, configuration);
          case Subject.OfFile(String path) -> fromFile(path);
        };
    List<List<String>> shown = paths.size() > MOST_PATHS ? paths.subList(0, MOST_PATHS) : paths;
    return new RankedFinding(finding, shown, Risk.of(finding, paths, isDevelopmentOnly(finding)));
  }

  private boolean isDevelopmentOnly(Finding finding) {
    return finding.subject() instanceof Subject.OfComponent(Purl purl)
        && Optional.ofNullable(components.get(purl.toString()))
            .map(component -> component.scope() == Scope.DEV)
            .orElse(false);
  }

  /* Breadth first over the packages that ask for this one, so the first path to a server is a shortest. */
  private List<List<String>> fromComponent(Purl purl) {
    if (serversOf.isEmpty()) {
      return List.of();
    }
    Map<String, List<String>> tails = new LinkedHashMap<>();
    Deque<List<String>> pending = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    pending.add(List.of(purl.toString()));
    seen.add(purl.toString());
    while (!pending.isEmpty()) {
      List<String> path = pending.removeFirst();
      String last = path.getLast();
      List<String> named = path.stream().map(id -> "component:" + id).toList();
      for (McpServer server : serversOf.getOrDefault(last, List.of())) {
        throughServer(named, server, tails);
      }
      for (String dependent : dependents.getOrDefault(last, List.of())) {
        if (seen.add(dependent)) {
          pending.addLast(append(path, dependent));
        }
      }
    }
    return sorted(tails);
  }

  private List<List<String>> fromServer(String name, String configuration) {
    Map<String, List<String>> tails = new LinkedHashMap<>();
    for (McpServer server : enabled) {
      if (server.name().equals(name) && server.location().path().equals(configuration)) {
        throughServer(List.of(), server, tails);
      }
    }
    return sorted(tails);
  }

  private List<List<String>> fromFile(String path) {
    Map<String, List<String>> tails = new LinkedHashMap<>();
    for (InstructionFile file : inventory.instructions()) {
      if (file.path().equals(path)) {
        for (Agent agent : readers(file)) {
          List<String> start = List.of(NodeId.file(path), NodeId.agent(agent));
          tails.putIfAbsent(NodeId.agent(agent), start);
          for (McpServer server : enabled) {
            if (server.agent().kind().equals(agent.kind())) {
              targets(server)
                  .forEach(target ->
                      tails.putIfAbsent(
                          target, append(append(start, NodeId.server(server)), target)));
            }
          }
        }
      }
    }
    return sorted(tails);
  }

  private Set<Agent> readers(InstructionFile file) {
    Map<String, Agent> byKind = new LinkedHashMap<>();
    inventory.agents().forEach(agent -> byKind.putIfAbsent(agent.kind(), agent));
    enabled.forEach(server -> byKind.putIfAbsent(server.agent().kind(), server.agent()));
    Set<Agent> readers = new LinkedHashSet<>();
    for (Agent agent : byKind.values()) {
      if (InstructionReaders.reads(agent.kind(), file.kind())) {
        readers.add(agent);
      }
    }
    return readers;
  }

  private static void throughServer(
      List<String> start, McpServer server, Map<String, List<String>> tails) {
    String agent = NodeId.agent(server.agent());
    List<String> toAgent = append(append(start, NodeId.server(server)), agent);
    Set<String> targets = targets(server);
    if (targets.isEmpty()) {
      tails.putIfAbsent(NodeId.server(server) + " " + agent, toAgent);
    }
    targets.forEach(target -> tails.putIfAbsent(target, append(toAgent, target)));
  }

  private static Set<String> targets(McpServer server) {
    Set<String> targets = new LinkedHashSet<>();
    for (Credential credential : server.settings().credentials()) {
      if (credential.form().isCredential()) {
        targets.add(NodeId.credential(credential.name()));
      }
    }
    server.settings().tools().forEach(tool -> targets.add(NodeId.tool(tool)));
    return targets;
  }

  /* Credentials first, then tools, then agents; shorter before longer. */
  private static List<List<String>> sorted(Map<String, List<String>> tails) {
    return tails.values().stream()
        .sorted(
            Comparator.comparingInt((List<String> path) -> order(path.getLast()))
                .thenComparingInt(List::size)
                .thenComparing(List::toString))
        .toList();
  }

  private static int order(String node) {
    if (node.startsWith("credential:")) {
      return 0;
    }
    return node.startsWith("tool:") ? 1 : 2;
  }

  private static List<String> append(List<String> path, String node) {
    List<String> longer = new ArrayList<>(path);
    longer.add(node);
    return longer;
  }
}
