// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares arguments with the part of JSON Schema in which the tools describe them: `type`,
/// `properties`, `required`, `items`, `enum`, `minimum`, `maximum`, `maxLength`, `minItems`,
/// `maxItems`. Names that are not described are refused, and texts of over 10,000 characters where
/// the schema says nothing else.
final class Schema {

  private static final int LONGEST_TEXT = 10_000;

  private Schema() {}

  /// Returns what is wrong with `arguments`, in a sentence that says how it is right; empty when
  /// nothing is.
  static Optional<String> complaint(Node.Obj schema, Node.Obj arguments) {
    return object("", schema, arguments);
  }

  private static Optional<String> object(String at, Node schema, Node.Obj value) {
    Map<String, Node> known = schema.fields("properties");
    for (Node name : schema.items("required")) {
      String key = name.scalar().orElse("");
      if (isAbsent(value, key)) {
        return Optional.of("\"%s%s\" is missing: %s".formatted(at, key, meaning(known.get(key))));
      }
    }
    for (Map.Entry<String, Node> field : value.fields().entrySet()) {
      Node described = known.get(field.getKey());
      if (described == null) {
        return Optional.of(
            "there is no \"%s%s\": known are %s"
                .formatted(at, cut(field.getKey()), String.join(", ", known.keySet())));
      }
      if (field.getValue() instanceof Node.Nothing) {
        continue;
      }
      Optional<String> complaint = value(at + field.getKey(), described, field.getValue());
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return Optional.empty();
  }

  private static boolean isAbsent(Node.Obj value, String key) {
    Node given = value.fields().get(key);
    return given == null || given instanceof Node.Nothing;
  }

  private static Optional<String> value(String at, Node schema, Node value) {
    String type = schema.text("type").orElse("");
    return switch (value) {
      case Node.Text(String text, int _) when type.equals("string") -> text(at, schema, text);
      case Node.Num(String literal, int _) when type.equals("integer") ->
          number(at, schema, literal);
      case Node.Bool _ when type.equals("boolean") -> Optional.empty();
      case Node.Arr(List<Node> items, int _) when type.equals("array") -> list(at, schema, items);
      case Node.Obj object when type.equals("object") -> object(at + ".", schema, object);
      case Node.Text _, Node.Num _, Node.Bool _, Node.Arr _, Node.Obj _, Node.Nothing _ ->
          Optional.of("\"%s\" is no %s: %s".formatted(at, type, meaning(schema)));
    };
  }

  private static Optional<String> text(String at, Node schema, String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.of("\"%s\" contains a NUL character, which no text has".formatted(at));
    }
    if (isBroken(text)) {
      return Optional.of("\"%s\" contains half of a surrogate pair".formatted(at));
    }
    int longest = schema.scalar("maxLength").map(Integer::parseInt).orElse(LONGEST_TEXT);
    if (text.length() > longest) {
      return Optional.of(
          "\"%s\" has %d characters; at most %d are taken".formatted(at, text.length(), longest));
    }
    List<String> choices = new ArrayList<>();
    schema.items("enum").forEach(choice -> choices.add(choice.scalar().orElse("")));
    return choices.isEmpty() || choices.contains(text)
        ? Optional.empty()
        : Optional.of(
            "\"%s\" is \"%s\"; known are %s".formatted(at, cut(text), String.join(", ", choices)));
  }

  private static boolean isBroken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> number(String at, Node schema, String literal) {
    int least = schema.scalar("minimum").map(Integer::parseInt).orElse(Integer.MIN_VALUE);
    int most = schema.scalar("maximum").map(Integer::parseInt).orElse(Integer.MAX_VALUE);
    Optional<Integer> number = whole(literal);
    return number.isPresent() && number.get() >= least && number.get() <= most
        ? Optional.empty()
        : Optional.of(
            "\"%s\" is %s, and not a whole number from %d to %d"
                .formatted(at, cut(literal), least, most));
  }

  /// Returns the number, when it is a whole one; `3.0` is.
  static Optional<Integer> whole(String literal) {
    String digits = literal.endsWith(".0") ? literal.substring(0, literal.length() - 2) : literal;
    try {
      return Optional.of(Integer.parseInt(digits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> list(String at, Node schema, List<Node> items) {
    int least = schema.scalar("minItems").map(Integer::parseInt).orElse(0);
    int most = schema.scalar("maxItems").map(Integer::parseInt).orElse(1_000);
    if (items.size() < least || items.size() > most) {
      return Optional.of(
          "\"%s\" has %d items, and not %d to %d".formatted(at, items.size(), least, most));
    }
    Node described = schema.get("items").orElse(schema);
    for (int i = 0; i < items.size(); i++) {
      Optional<String> complaint = value(at + "[" + i + "]", described, items.get(i));
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return Optional.empty();
  }

  private static String meaning(@org.jspecify.annotations.Nullable Node schema) {
    return schema == null ? "it is required" : schema.text("description").orElse("see the schema");
  }

  private static String cut(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
