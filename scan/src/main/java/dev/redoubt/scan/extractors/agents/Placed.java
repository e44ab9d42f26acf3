// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/// Nodes of one file that stand for a line of another, which refers to them.
final class Placed {

  private Placed() {}

  /// Returns `node` with everything in it at `line`.
  static Node at(int line, Node node) {
    return switch (node) {
      case Node.Obj(Map<String, Node> fields, int _) -> {
        Map<String, Node> placed = new LinkedHashMap<>();
        fields.forEach((name, value) -> placed.put(name, at(line, value)));
        yield new Node.Obj(placed, line);
      }
      case Node.Arr arr ->
          new Node.Arr(arr.items().stream().map(item -> at(line, item)).toList(), line);
      case Node.Text(String value, int _) -> new Node.Text(value, line);
      case Node.Num(String literal, int _) -> new Node.Num(literal, line);
      case Node.Bool(boolean value, int _) -> new Node.Bool(value, line);
      case Node.Nothing _ -> new Node.Nothing(line);
    };
  }
}
