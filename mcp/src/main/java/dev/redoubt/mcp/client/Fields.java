// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import dev.redoubt.document.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts an object together, field by field.
final class Fields {

  private final Map<String, Node> fields = new LinkedHashMap<>();

  Fields and(String key, String value) {
    return and(key, new Node.Text(value, 1));
  }

  Fields and(String key, Node value) {
    fields.put(key, value);
    return this;
  }

  Fields all(Map<String, Node> more) {
    fields.putAll(more);
    return this;
  }

  Node.Obj object() {
    return new Node.Obj(fields, 1);
  }
}
