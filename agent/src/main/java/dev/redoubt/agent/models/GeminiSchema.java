// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/* https://ai.google.dev/api/caching#Schema */
/// Turns a JSON Schema into the part of it that Gemini understands.
///
/// References into the schema itself are put in, eight deep; several types become `nullable` or
/// `anyOf`; `const` becomes `enum`, `oneOf` becomes `anyOf`, the parts of `allOf` are put together.
/// What is left says less than before, never something else.
final class GeminiSchema {

  private static final int DEEPEST_REFERENCE = 8;

  private final Node root;

  private GeminiSchema(Node root) {
    this.root = root;
  }

  static Node of(Node schema) {
    return new GeminiSchema(schema).convert(schema, 0);
  }

  private Node convert(Node schema, int depth) {
    Map<String, Node> fields = flat(schema, depth);
    Map<String, Node> kept = new LinkedHashMap<>();
    boolean nullable = type(fields, kept);
    fields.forEach((name, value) -> {
      switch (name) {
        case "description", "title", "minItems", "maxItems", "minimum", "maximum", "nullable" ->
            kept.put(name, value);
        case "minLength", "maxLength", "pattern", "required", "propertyOrdering" ->
            kept.put(name, value);
        case "format" -> {
          if (isKnownFormat(value.scalar().orElse(""))) {
            kept.put(name, value);
          }
        }
        case "const" -> choices(kept, List.of(value));
        case "enum" -> choices(kept, value.items());
        case "items" -> kept.put(name, convert(value, depth + 1));
        case "anyOf", "oneOf" -> kept.put("anyOf", converted(value.items(), depth));
        case "properties" -> {
          Map<String, Node> properties = new LinkedHashMap<>();
          value.fields().forEach((key, it) -> properties.put(key, convert(it, depth + 1)));
          kept.put(name, new Node.Obj(properties, 1));
        }
        default -> {
          // Not understood there.
        }
      }
    });
    if (nullable) {
      kept.put("nullable", new Node.Bool(true, 1));
    }
    return new Node.Obj(kept, 1);
  }

  private Node converted(List<Node> schemas, int depth) {
    return new Node.Arr(schemas.stream().map(it -> convert(it, depth + 1)).toList(), 1);
  }

  /// Returns the fields with references followed and the parts of `allOf` put in.
  private Map<String, Node> flat(Node schema, int depth) {
    Map<String, Node> fields = new LinkedHashMap<>();
    String reference = schema.text("$ref").orElse("");
    if (!reference.isEmpty() && depth < DEEPEST_REFERENCE) {
      fields.putAll(flat(resolve(reference), depth + 1));
    }
    if (depth < 4 * DEEPEST_REFERENCE) {
      for (Node part : schema.items("allOf")) {
        merge(fields, flat(part, depth + 1));
      }
    }
    merge(fields, schema.fields());
    return fields;
  }

  private static void merge(Map<String, Node> into, Map<String, Node> more) {
    more.forEach((name, value) -> {
      Node before = into.get(name);
      if (name.equals("properties") && before != null) {
        Map<String, Node> both = new LinkedHashMap<>(before.fields());
        both.putAll(value.fields());
        into.put(name, new Node.Obj(both, 1));
      } else if (name.equals("required") && before != null) {
        List<Node> both = new ArrayList<>(before.items());
        both.addAll(value.items());
        into.put(name, new Node.Arr(both, 1));
      } else {
        into.put(name, value);
      }
    });
  }

  private Node resolve(String reference) {
    Node target = root;
    if (!reference.startsWith("#/")) {
      return new Fields().node();
    }
    for (String step : reference.substring(2).split("/", -1)) {
      target = target.get(step.replace("~1", "/").replace("~0", "~")).orElse(new Fields().node());
    }
    return target;
  }

  /// Puts the type; says whether `null` is one of several.
  private static boolean type(Map<String, Node> fields, Map<String, Node> kept) {
    Node type = fields.get("type");
    if (type instanceof Node.Text) {
      kept.put("type", type);
    }
    if (!(type instanceof Node.Arr(List<Node> types, int _))) {
      return false;
    }
    List<Node> others =
        types.stream().filter(it -> !it.scalar().orElse("").equals("null")).toList();
    if (others.size() == 1) {
      kept.put("type", others.getFirst());
    } else if (!fields.containsKey("anyOf") && !fields.containsKey("oneOf")) {
      List<Node> choices = new ArrayList<>();
      others.forEach(it -> choices.add(new Fields().put("type", it).node()));
      kept.put("anyOf", new Node.Arr(choices, 1));
    }
    return others.size() < types.size();
  }

  /// Only texts can be chosen from there.
  private static void choices(Map<String, Node> kept, List<Node> values) {
    List<Node> texts = values.stream().filter(Node.Text.class::isInstance).toList();
    if (texts.size() == values.size() && !texts.isEmpty()) {
      kept.put("enum", new Node.Arr(texts, 1));
      kept.putIfAbsent("type", new Node.Text("string", 1));
    }
  }

  private static boolean isKnownFormat(String format) {
    return switch (format) {
      case "enum", "date-time", "int32", "int64", "float", "double" -> true;
      default -> false;
    };
  }
}
