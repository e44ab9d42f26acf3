// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import dev.redoubt.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts an object together, field by field. Not safe to share.
public final class Tree {

  private final Map<String, Node> fields = new LinkedHashMap<>();

  /// Returns an object without fields.
  public static Node.Obj empty() {
    return new Node.Obj(Map.of(), 1);
  }

  /// Returns a list.
  public static Node.Arr list(List<? extends Node> items) {
    return new Node.Arr(List.copyOf(items), 1);
  }

  /// Returns a list of texts.
  public static Node.Arr texts(List<String> items) {
    return list(items.stream().map(item -> new Node.Text(item, 1)).toList());
  }

  /// Adds a text.
  public Tree and(String key, String value) {
    return and(key, new Node.Text(value, 1));
  }

  /// Adds a whole number.
  public Tree and(String key, long value) {
    return and(key, new Node.Num(Long.toString(value), 1));
  }

  /// Adds true or false.
  public Tree flag(String key, boolean value) {
    return and(key, new Node.Bool(value, 1));
  }

  /// Adds any value.
  public Tree and(String key, Node value) {
    fields.put(key, value);
    return this;
  }

  /// Adds all of these.
  public Tree all(Map<String, Node> more) {
    fields.putAll(more);
    return this;
  }

  /// Returns the object.
  public Node.Obj object() {
    return new Node.Obj(fields, 1);
  }
}
