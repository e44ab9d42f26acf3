// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Purl;
import dev.redoubt.scan.reach.RankedFinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The reach paths of the worst findings as a layered graph: finding, package, launched package,
/// server, agent, credential or tool.
///
/// The size is bounded, so a report of thousands of findings stays readable; [#findings] says how
/// many of them are in it.
final class ReachGraph {

  private static final int MOST_NODES = 80;
  private static final int MOST_FINDINGS = 30;
  private static final int LAST_COLUMN = 5;

  /// A box. Columns are counted from 0, rows from 0 within the column.
  static final class Node {

    private final String id;
    private final String kind;
    private final String label;
    private final Set<Integer> paths = new TreeSet<>();
    private int column;
    private int row;

    Node(String id, String kind, String label, int column) {
      this.id = id;
      this.kind = kind;
      this.label = label;
      this.column = column;
    }

    String id() {
      return id;
    }

    String kind() {
      return kind;
    }

    String label() {
      return label;
    }

    Set<Integer> paths() {
      return paths;
    }

    int column() {
      return column;
    }

    int row() {
      return row;
    }
  }

  /// A line between two boxes.
  ///
  /// @param between how many packages lie between the two and are not drawn
  record Edge(Node from, Node to, int between, Set<Integer> paths) {}

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Edge> edges = new LinkedHashMap<>();
  private int findings;
  private int paths;

  ReachGraph(List<RankedFinding> ranked) {
    int row = 0;
    for (RankedFinding one : ranked) {
      String key = "f" + row++;
      if (!one.paths().isEmpty() && findings < MOST_FINDINGS && nodes.size() < MOST_NODES) {
        add(key, one);
        findings++;
      }
    }
    place();
  }

  Iterable<Node> nodes() {
    return nodes.values();
  }

  Iterable<Edge> edges() {
    return edges.values();
  }

  /// Returns how many findings are in the graph.
  int findings() {
    return findings;
  }

  /// Returns how many columns are in use.
  int columns() {
    return nodes.values().stream().mapToInt(Node::column).max().orElse(-1) + 1;
  }

  /// Returns how many rows the fullest column has.
  int rows() {
    return nodes.values().stream().mapToInt(Node::row).max().orElse(-1) + 1;
  }

  /// Returns how many boxes stand in `column`.
  int rows(int column) {
    return (int) nodes.values().stream().filter(node -> node.column == column).count();
  }

  private void add(String key, RankedFinding ranked) {
    Finding finding = ranked.finding();
    Node start =
        nodes.computeIfAbsent(
            key, _ -> new Node(key, Words.label(finding), finding.identity().id(), 0));
    for (List<String> path : ranked.paths()) {
      int number = paths++;
      start.paths.add(number);
      Node before = start;
      int between = 0;
      for (int i = 0; i < path.size(); i++) {
        String id = path.get(i);
        if (isBetween(path, i)) {
          between++;
          continue;
        }
        Node node = node(id, i > 0);
        node.paths.add(number);
        connect(before, node, between, number);
        before = node;
        between = 0;
      }
    }
  }

  /* Of a chain of packages only the vulnerable one and the launched one are drawn. */
  private static boolean isBetween(List<String> path, int i) {
    return i > 0 && i + 1 < path.size() && isComponent(path.get(i)) && isComponent(path.get(i + 1));
  }

  private static boolean isComponent(String id) {
    return NodePlaces.kind(id).equals("component");
  }

  private void connect(Node from, Node to, int between, int path) {
    edges
        .computeIfAbsent(
            from.id + "\n" + to.id, _ -> new Edge(from, to, between, new LinkedHashSet<>()))
        .paths()
        .add(path);
  }

  private Node node(String id, boolean launched) {
    String kind = NodePlaces.kind(id);
    String name = NodePlaces.name(id);
    int column =
        switch (kind) {
          case "component" -> launched ? 2 : 1;
          case "file" -> 1;
          case "server" -> 3;
          case "agent" -> 4;
          default -> LAST_COLUMN;
        };
    String label = isComponent(id) ? Words.nameAndVersion(Purl.parse(name)) : name;
    Node node = nodes.computeIfAbsent(id, _ -> new Node(id, kind, label, column));
    node.column = Math.max(node.column, column);
    return node;
  }

  /* Columns nobody uses close up; within a column boxes follow the rows of what leads to them. */
  private void place() {
    int next = 0;
    for (int column = 0; column <= LAST_COLUMN; column++) {
      List<Node> members = members(column);
      if (members.isEmpty()) {
        continue;
      }
      int place = next++;
      Map<Node, Double> weights = new LinkedHashMap<>();
      members.forEach(node -> weights.put(node, weight(node, place)));
      members.sort(Comparator.comparingDouble(weights::get));
      for (int row = 0; row < members.size(); row++) {
        members.get(row).column = place;
        members.get(row).row = row;
      }
    }
  }

  private List<Node> members(int column) {
    return new ArrayList<>(nodes.values().stream().filter(node -> node.column == column).toList());
  }

  private double weight(Node node, int place) {
    return edges.values().stream()
        .filter(edge -> edge.to == node && edge.from.column < place)
        .mapToInt(edge -> edge.from.row)
        .average()
        .orElse(0);
  }
}
