// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.document.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/* https://platform.openai.com/docs/guides/structured-outputs#supported-schemas */
/// Decides whether a JSON Schema may be asked for strictly: every object in it is closed and
/// requires all of its properties.
final class StrictSchema {

  private StrictSchema() {}

  static boolean holds(Node schema) {
    Map<String, Node> properties = schema.fields("properties");
    boolean isObject = schema.text("type").orElse("").equals("object") || !properties.isEmpty();
    if (isObject && !(isClosed(schema) && required(schema).containsAll(properties.keySet()))) {
      return false;
    }
    return schema.fields().values().stream().allMatch(StrictSchema::holdsWithin)
        && properties.values().stream().allMatch(StrictSchema::holds);
  }

  private static boolean holdsWithin(Node value) {
    return switch (value) {
      case Node.Obj object -> holds(object);
      case Node.Arr(List<Node> items, int _) -> items.stream().allMatch(StrictSchema::holdsWithin);
      case Node.Text _, Node.Num _, Node.Bool _, Node.Nothing _ -> true;
    };
  }

  private static boolean isClosed(Node schema) {
    return schema.get("additionalProperties").orElse(schema) instanceof Node.Bool(boolean open, _)
        && !open;
  }

  private static Set<String> required(Node schema) {
    Set<String> required = new HashSet<>();
    schema.items("required").forEach(item -> item.scalar().ifPresent(required::add));
    return required;
  }
}
