// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes maps, lists, texts, numbers, booleans and null as JSON in one line.
final class WireJson {

  private static final int PIECE = 5;
  private static final int HUGE = 1 << 20;

  private WireJson() {}

  /// Returns an object of keys and values in turn.
  static Map<String, @Nullable Object> object(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return object;
  }

  /// Cuts between characters, not inside of one; what is huge stays whole.
  static List<String> pieces(String text) {
    if (text.length() > HUGE) {
      return List.of(text);
    }
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + PIECE);
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
        to++;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  static String write(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    write(json, value);
    return json.toString();
  }

  private static void write(StringBuilder json, @Nullable Object value) {
    switch (value) {
      case Raw(String text) -> json.append(text);
      case Map<?, ?> object -> {
        String separator = "{";
        for (Map.Entry<?, ?> field : object.entrySet()) {
          json.append(separator);
          quote(json, String.valueOf(field.getKey()));
          json.append(':');
          write(json, field.getValue());
          separator = ",";
        }
        json.append(object.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        String separator = "[";
        for (Object item : list) {
          json.append(separator);
          write(json, item);
          separator = ",";
        }
        json.append(list.isEmpty() ? "[]" : "]");
      }
      case String text -> quote(json, text);
      case null, default -> json.append(value);
    }
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append("\\u00").append(Character.forDigit(c >> 4, 16));
        json.append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /// JSON that is written as it is.
  record Raw(String text) {}
}
