// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.schemas;

import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.redoubt.document.Node;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A JSON Schema that values can be checked against: the keywords of draft 2020-12 that say what a
/// value looks like, and references inside the same document. One that uses another keyword is
/// refused, because a check that was left out would look like a yes. Immutable.
public final class JsonSchema {

  private static final Set<String> SAID_ONLY =
      Set.of(
          "title",
          "description",
          "default",
          "examples",
          "$schema",
          "$id",
          "$comment",
          "format",
          "readOnly",
          "writeOnly",
          "deprecated",
          "$defs",
          "definitions");
  private static final Set<String> ONE = Set.of("additionalProperties", "items", "not");
  private static final Set<String> MANY = Set.of("anyOf", "oneOf", "allOf");
  private static final Set<String> PLAIN =
      Set.of(
          "type",
          "enum",
          "const",
          "properties",
          "required",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "minProperties",
          "maxProperties",
          "pattern",
          "$ref");
  private static final int DEEPEST = 60;

  private final Node root;

  private JsonSchema(Node root) {
    this.root = requireNonNull(root, "root");
  }

  /// Returns `schema` as something to check against.
  ///
  /// @throws RedoubtException USAGE if it is no schema, or one that says what is not checked here
  public static JsonSchema of(Node schema) {
    JsonSchema read = new JsonSchema(schema);
    read.understand(schema, "#", 0);
    return read;
  }

  private void understand(Node schema, String at, int depth) {
    if (depth > DEEPEST) {
      throw wrong(at, "is nested too deep");
    }
    if (schema instanceof Node.Bool) {
      return;
    }
    if (!(schema instanceof Node.Obj(Map<String, Node> fields, int _))) {
      throw wrong(at, "is neither an object nor true or false");
    }
    for (Map.Entry<String, Node> field : fields.entrySet()) {
      String name = field.getKey();
      String here = at + "/" + name;
      Node value = field.getValue();
      if (ONE.contains(name)) {
        understand(value, here, depth + 1);
      } else if (MANY.contains(name)) {
        value.items().forEach(part -> understand(part, here, depth + 1));
      } else if (name.equals("properties") || name.equals("$defs") || name.equals("definitions")) {
        value.fields().forEach((key, part) -> understand(part, here + "/" + key, depth + 1));
      } else if (name.equals("pattern")) {
        pattern(value, here);
      } else if (name.equals("$ref")) {
        referred(value.scalar().orElse(""), here);
      } else if (!PLAIN.contains(name) && !SAID_ONLY.contains(name)) {
        throw wrong(here, "is a keyword that is not checked here");
      }
    }
  }

  private static void pattern(Node value, String at) {
    try {
      Pattern.compile(value.scalar().orElse(""));
    } catch (PatternSyntaxException e) {
      throw wrong(at, "is no pattern: " + e.getDescription());
    }
  }

  private Node referred(String reference, String at) {
    Node node = root;
    if (reference.equals("#")) {
      return node;
    }
    if (!reference.startsWith("#/")) {
      throw wrong(at, "refers to another document");
    }
    for (String step : reference.substring(2).split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      node = node.get(name).orElseThrow(() -> wrong(at, "refers to what is not there"));
    }
    return node;
  }

  private static RedoubtException wrong(String at, String why) {
    return new RedoubtException(ErrorCode.USAGE, "the schema at %s %s".formatted(at, why));
  }

  /// Returns what is wrong with `value`, in words and with the place of each; empty when nothing
  /// is. At most a dozen.
  public List<String> problems(Node value) {
    SchemaCheck check = new SchemaCheck(reference -> referred(reference, "#"));
    check.look(root, value, "$", 0);
    List<String> problems = new ArrayList<>(check.problems());
    return problems.subList(0, Math.min(12, problems.size()));
  }
}
