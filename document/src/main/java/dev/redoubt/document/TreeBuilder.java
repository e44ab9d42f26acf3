// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts a tree together from the events of a parser, counting nodes and depth, without recursion.
final class TreeBuilder {

  private final Limits limits;
  private final Deque<Open> open = new ArrayDeque<>();
  private int nodes;
  private @Nullable Node root;

  TreeBuilder(Limits limits) {
    this.limits = limits;
  }

  void openObject(int line) throws DocumentException {
    push(new Open(new LinkedHashMap<>(), null, line));
  }

  void openList(int line) throws DocumentException {
    push(new Open(null, new ArrayList<>(), line));
  }

  void key(String key) {
    open.getFirst().key = key;
  }

  /// Returns whether the innermost open value is an object that waits for a key.
  boolean wantsKey() {
    Open innermost = open.peekFirst();
    return innermost != null && innermost.fields != null && innermost.key == null;
  }

  /// Returns whether an object or a list is not closed yet.
  boolean isOpen() {
    return !open.isEmpty();
  }

  /// Returns whether the innermost open value is an object.
  boolean isInObject() {
    Open innermost = open.peekFirst();
    return innermost != null && innermost.fields != null;
  }

  /// Returns whether the innermost object already has a value for `key`.
  boolean hasKey(String key) {
    Open innermost = open.peekFirst();
    return innermost != null && innermost.fields != null && innermost.fields.containsKey(key);
  }

  /// Closes the innermost object or list and returns it.
  Node close() throws DocumentException {
    Open closed = open.removeFirst();
    Node node =
        closed.fields != null
            ? new Node.Obj(closed.fields, closed.line)
            : new Node.Arr(closed.items == null ? List.of() : closed.items, closed.line);
    place(node);
    return node;
  }

  /// Adds a finished value; a tree used once more, as by a YAML alias, counts once more.
  void add(Node node, int size) throws DocumentException {
    count(size, node.line());
    place(node);
  }

  /// Returns the finished tree, or null when nothing was added.
  @Nullable Node root() {
    return root;
  }

  int nodes() {
    return nodes;
  }

  private void push(Open opened) throws DocumentException {
    count(1, opened.line);
    if (open.size() >= limits.depth()) {
      throw new DocumentException(
          opened.line,
          "nested deeper than %d levels".formatted(limits.depth()),
          "flatten the file, or remove it from what is scanned");
    }
    open.addFirst(opened);
  }

  private void count(int added, int line) throws DocumentException {
    nodes += added;
    if (nodes > limits.nodes()) {
      throw new DocumentException(
          line,
          "holds more than %,d values, aliases counted at each use".formatted(limits.nodes()),
          "split the file, or remove it from what is scanned");
    }
  }

  private void place(Node node) throws DocumentException {
    Open parent = open.peekFirst();
    if (parent == null) {
      root = node;
    } else if (parent.items != null) {
      parent.items.add(node);
    } else if (parent.fields != null && parent.key != null) {
      parent.fields.put(parent.key, node);
      parent.key = null;
    } else {
      throw new DocumentException(node.line(), "a value without a key", "correct the file");
    }
  }

  private static final class Open {
    final @Nullable Map<String, Node> fields;
    final @Nullable List<Node> items;
    final int line;
    @Nullable String key;

    Open(@Nullable Map<String, Node> fields, @Nullable List<Node> items, int line) {
      this.fields = fields;
      this.items = items;
      this.line = line;
    }
  }
}
