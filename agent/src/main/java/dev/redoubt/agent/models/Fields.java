// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes an object, fields in the order they are put. Not safe to share.
final class Fields {

  private final Map<String, Node> fields = new LinkedHashMap<>();

  static Fields of(String name, String value) {
    return new Fields().put(name, value);
  }

  Fields put(String name, Node value) {
    fields.put(name, value);
    return this;
  }

  Fields put(String name, String value) {
    return put(name, new Node.Text(value, 1));
  }

  Fields put(String name, long value) {
    return put(name, new Node.Num(Long.toString(value), 1));
  }

  Fields put(String name, boolean value) {
    return put(name, new Node.Bool(value, 1));
  }

  Fields put(String name, List<? extends Node> items) {
    return put(name, new Node.Arr(List.copyOf(items), 1));
  }

  Fields put(String name, Fields value) {
    return put(name, value.node());
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  Node.Obj node() {
    return new Node.Obj(fields, 1);
  }
}
