// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table while it is being read, with what the rules on defining a table twice need to know.
final class TomlTable {

  /// How a table came to be, which decides what may still be added to it.
  enum Origin {
    /// Named on the way to another table; a header may still define it.
    IMPLIED,
    /// Has its own header.
    HEADER,
    /// Named inside a dotted key; only dotted keys beside that one add to it.
    DOTTED,
    /// Written in braces, and complete.
    INLINE
  }

  /// The tables of one `[[name]]`.
  record Series(List<TomlTable> tables, int line) {}

  final Map<String, Object> entries = new LinkedHashMap<>();
  final int depth;
  int line;
  Origin origin;

  TomlTable(Origin origin, int depth, int line) {
    this.origin = origin;
    this.depth = depth;
    this.line = line;
  }

  /// Returns the finished tree. It nests no deeper than the parser let it.
  Node.Obj node() {
    Map<String, Node> fields = new LinkedHashMap<>();
    entries.forEach((key, value) -> fields.put(key, node(value)));
    return new Node.Obj(fields, line);
  }

  private static Node node(Object value) {
    return switch (value) {
      case TomlTable table -> table.node();
      case Series series -> {
        List<Node> items = new ArrayList<>();
        series.tables.forEach(it -> items.add(it.node()));
        yield new Node.Arr(items, series.line);
      }
      case Node node -> node;
      default -> throw new IllegalStateException("not an entry of a table: " + value.getClass());
    };
  }
}
