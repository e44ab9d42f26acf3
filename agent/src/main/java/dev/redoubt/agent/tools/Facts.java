// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts together what a result says to programs.
final class Facts {

  private final Map<String, Node> fields = new LinkedHashMap<>();

  static Facts of(String key, String value) {
    return new Facts().and(key, value);
  }

  Facts and(String key, String value) {
    fields.put(key, new Node.Text(value, 1));
    return this;
  }

  Facts and(String key, long value) {
    fields.put(key, new Node.Num(Long.toString(value), 1));
    return this;
  }

  Facts and(String key, boolean value) {
    fields.put(key, new Node.Bool(value, 1));
    return this;
  }

  Facts and(String key, List<? extends Node> items) {
    fields.put(key, new Node.Arr(List.copyOf(items), 1));
    return this;
  }

  Node.Obj all() {
    return new Node.Obj(fields, 1);
  }
}
