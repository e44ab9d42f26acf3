// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts the payload of an [Event] together, field by field. Not safe to share between threads.
public final class Payload {

  private final Map<String, Node> fields = new LinkedHashMap<>();

  /// Adds a text.
  public Payload text(String name, String value) {
    return node(name, new Node.Text(value, 1));
  }

  /// Adds a whole number.
  public Payload number(String name, long value) {
    return node(name, new Node.Num(Long.toString(value), 1));
  }

  /// Adds yes or no.
  public Payload flag(String name, boolean value) {
    return node(name, new Node.Bool(value, 1));
  }

  /// Adds a list of texts.
  public Payload texts(String name, List<String> values) {
    List<Node> items = new ArrayList<>(values.size());
    for (String value : values) {
      items.add(new Node.Text(value, 1));
    }
    return node(name, new Node.Arr(items, 1));
  }

  /// Adds any value.
  public Payload node(String name, Node value) {
    fields.put(name, value);
    return this;
  }

  /// Returns what was added so far.
  public Node.Obj object() {
    return new Node.Obj(fields, 1);
  }
}
