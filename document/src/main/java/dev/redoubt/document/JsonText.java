// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.util.List;
import java.util.Map;

/// Writes a tree as JSON in one line, without blanks, keys in their order: equal trees give equal
/// texts.
///
/// A half of a surrogate pair, which no UTF-8 can hold, becomes U+FFFD. Numbers are written as they
/// were read.
public final class JsonText {

  private JsonText() {}

  /// Returns `node` as JSON.
  public static String of(Node node) {
    StringBuilder json = new StringBuilder();
    write(json, node);
    return json.toString();
  }

  private static void write(StringBuilder json, Node node) {
    switch (node) {
      case Node.Obj(Map<String, Node> fields, int _) -> {
        json.append('{');
        boolean first = true;
        for (Map.Entry<String, Node> field : fields.entrySet()) {
          if (!first) {
            json.append(',');
          }
          first = false;
          quote(json, field.getKey());
          json.append(':');
          write(json, field.getValue());
        }
        json.append('}');
      }
      case Node.Arr(List<Node> items, int _) -> {
        json.append('[');
        for (int i = 0; i < items.size(); i++) {
          if (i > 0) {
            json.append(',');
          }
          write(json, items.get(i));
        }
        json.append(']');
      }
      case Node.Text(String value, int _) -> quote(json, value);
      case Node.Num(String literal, int _) -> json.append(literal);
      case Node.Bool(boolean value, int _) -> json.append(value);
      case Node.Nothing _ -> json.append("null");
    }
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20) {
            json.append("\\u00").append(Character.forDigit(c >> 4, 16));
            json.append(Character.forDigit(c & 15, 16));
          } else if (isLone(text, i)) {
            json.append('\uFFFD');
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }

  private static boolean isLone(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
