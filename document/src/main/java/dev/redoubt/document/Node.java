// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One value of a document: an object, a list, a text, a number, a boolean or nothing.
///
/// Immutable. The navigation methods answer with something empty when the value is absent or of
/// another kind, so a reader that must tell "absent" from "wrong" asks [#get] and switches over the
/// node.
public sealed interface Node {

  /// Returns the line on which the value starts, counted from 1.
  int line();

  /// An object in document order. When a key is repeated the last one stands.
  record Obj(Map<String, Node> fields, int line) implements Node {
    public Obj {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /// A list.
  record Arr(List<Node> items, int line) implements Node {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /// A text.
  record Text(String value, int line) implements Node {
    public Text {
      requireNonNull(value, "value");
    }
  }

  /// A number, exactly as written.
  record Num(String literal, int line) implements Node {
    public Num {
      requireNonNull(literal, "literal");
    }
  }

  /// A boolean.
  record Bool(boolean value, int line) implements Node {}

  /// JSON `null`, an empty YAML value.
  record Nothing(int line) implements Node {}

  /// Returns the field `key`, or empty when this is no object or has no such field.
  default Optional<Node> get(String key) {
    return this instanceof Obj object
        ? Optional.ofNullable(object.fields().get(key))
        : Optional.empty();
  }

  /// Returns the fields of an object in document order, none for any other kind of value.
  default Map<String, Node> fields() {
    return this instanceof Obj(Map<String, Node> fields, int _) ? fields : Map.of();
  }

  /// Returns the items of a list, none for any other kind of value.
  default List<Node> items() {
    return this instanceof Arr(List<Node> items, int _) ? items : List.of();
  }

  /// Returns the fields of the object at `key`, none when it is absent or no object.
  default Map<String, Node> fields(String key) {
    Node child = child(key);
    return child == null ? Map.of() : child.fields();
  }

  /// Returns the items of the list at `key`, none when it is absent or no list.
  default List<Node> items(String key) {
    Node child = child(key);
    return child == null ? List.of() : child.items();
  }

  /// Returns the text at `key`; empty when it is absent or no text.
  default Optional<String> text(String key) {
    return child(key) instanceof Text(String value, int _) ? Optional.of(value) : Optional.empty();
  }

  /// Returns the value of a text, the literal of a number or boolean; empty for anything else.
  default Optional<String> scalar() {
    return switch (this) {
      case Text(String value, int _) -> Optional.of(value);
      case Num(String literal, int _) -> Optional.of(literal);
      case Bool(boolean value, int _) -> Optional.of(Boolean.toString(value));
      case Obj _, Arr _, Nothing _ -> Optional.empty();
    };
  }

  /// Returns the scalar at `key` as text, in the manner of [#scalar()].
  default Optional<String> scalar(String key) {
    Node child = child(key);
    return child == null ? Optional.empty() : child.scalar();
  }

  /// Returns whether the value at `key` is the boolean `true`.
  default boolean isTrue(String key) {
    return child(key) instanceof Bool(boolean value, int _) && value;
  }

  private @Nullable Node child(String key) {
    return this instanceof Obj object ? object.fields().get(key) : null;
  }
}
