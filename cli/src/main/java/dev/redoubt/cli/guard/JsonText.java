// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import dev.redoubt.document.Node;
import java.util.List;
import java.util.Map;

/// Writes a tree as JSON people can read: two blanks for each level, keys in their order.
final class JsonText {

  private JsonText() {}

  /// Returns `node` as a document, with a line break at its end.
  static String document(Node node) {
    StringBuilder json = new StringBuilder();
    write(json, node, 0);
    return json.append('\n').toString();
  }

  private static void write(StringBuilder json, Node node, int depth) {
    switch (node) {
      case Node.Obj(Map<String, Node> fields, int _) -> {
        json.append('{');
        String separator = "";
        for (Map.Entry<String, Node> field : fields.entrySet()) {
          json.append(separator).append('\n').repeat("  ", depth + 1);
          json.append(quoted(field.getKey())).append(": ");
          write(json, field.getValue(), depth + 1);
          separator = ",";
        }
        end(json, fields.isEmpty(), depth).append('}');
      }
      case Node.Arr(List<Node> items, int _) -> {
        json.append('[');
        String separator = "";
        for (Node item : items) {
          json.append(separator).append('\n').repeat("  ", depth + 1);
          write(json, item, depth + 1);
          separator = ",";
        }
        end(json, items.isEmpty(), depth).append(']');
      }
      case Node.Text(String value, int _) -> json.append(quoted(value));
      case Node.Num(String literal, int _) -> json.append(literal);
      case Node.Bool(boolean value, int _) -> json.append(value);
      case Node.Nothing _ -> json.append("null");
    }
  }

  private static StringBuilder end(StringBuilder json, boolean empty, int depth) {
    return empty ? json : json.append('\n').repeat("  ", depth);
  }

  /// Returns `text` as a JSON string.
  static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20) {
            json.append("\\u00").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
