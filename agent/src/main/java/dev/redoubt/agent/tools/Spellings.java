// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads arguments that are named as other agents name them. A model that learned to call `edit`
/// with `file_path` and `oldString` means what it says; to refuse it costs a turn and teaches it
/// nothing. Only names that the schema does not know are changed, and only into names that it knows
/// and that were not given: so nothing that was said is lost.
final class Spellings {

  /* What others call it, by the name here. */
  private static final Map<String, List<String>> OTHERS =
      Map.of(
          "path", List.of("file_path", "filepath", "file", "filename", "target_file"),
          "old_string", List.of("old", "old_text", "old_str", "search"),
          "new_string", List.of("new", "new_text", "new_str", "replace", "replacement"),
          "content", List.of("contents", "file_text", "text", "new_content"),
          "command", List.of("cmd", "script", "line"),
          "folder", List.of("cwd", "workdir", "working_directory", "directory"),
          "pattern", List.of("query", "regex", "glob"),
          "background", List.of("run_in_background", "is_background"));

  /* Said for the person who looks on. */
  private static final List<String> REMARKS =
      List.of("description", "explanation", "reason", "purpose");

  private Spellings() {}

  /// Returns `arguments` with the names that `schema` has.
  static Node.Obj of(Node.Obj schema, Node.Obj arguments) {
    Map<String, Node> known = schema.fields("properties");
    Map<String, Node> named = new LinkedHashMap<>();
    arguments
        .fields()
        .forEach((name, value) -> {
          String here = known.containsKey(name) ? name : spelled(name, known, arguments);
          if (known.containsKey(here) || !REMARKS.contains(here)) {
            named.putIfAbsent(here, value);
          }
        });
    named.replaceAll((name, value) -> items(known.get(name), value));
    return new Node.Obj(named, arguments.line());
  }

  private static Node items(@Nullable Node described, Node value) {
    if (described == null
        || !(value instanceof Node.Arr(List<Node> items, int line))
        || !(described.get("items").orElse(described) instanceof Node.Obj schema)
        || schema.fields("properties").isEmpty()) {
      return value;
    }
    List<Node> named = new ArrayList<>(items.size());
    for (Node item : items) {
      named.add(item instanceof Node.Obj object ? of(schema, object) : item);
    }
    return new Node.Arr(named, line);
  }

  private static String spelled(String name, Map<String, Node> known, Node.Obj arguments) {
    String snake = snake(name);
    for (Map.Entry<String, Node> field : known.entrySet()) {
      String here = field.getKey();
      boolean means = here.equals(snake) || OTHERS.getOrDefault(here, List.of()).contains(snake);
      if (means && !arguments.fields().containsKey(here)) {
        return here;
      }
    }
    return name;
  }

  /* `oldString` and `old-string` are `old_string`. */
  private static String snake(String name) {
    StringBuilder snake = new StringBuilder(name.length() + 2);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z' && i > 0 && name.charAt(i - 1) != '_') {
        snake.append('_');
      }
      snake.append(c == '-' ? '_' : c);
    }
    return snake.toString().toLowerCase(Locale.ROOT);
  }
}
