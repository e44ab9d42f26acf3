// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.pins;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A tree as one value a place, so that two can be compared by whoever reads them.
final class Flat {

  private static final int LONG = 400;
  private static final int BEFORE = 80;

  /* Characters: each value repeats the place it has, and a server writes both. */
  private static final int MOST = 32 << 20;

  private final Map<String, String> values = new TreeMap<>();
  private int room = MOST;

  private Flat() {}

  static Map<String, String> of(Node node) {
    Flat flat = new Flat();
    flat.add("", node);
    if (flat.room < 0) {
      flat.values.put("…", "the rest, SHA-256 of all: " + Descriptors.sha256(JsonText.of(node)));
    }
    return flat.values;
  }

  private void add(String place, Node node) {
    room -= place.length();
    if (room < 0) {
      return;
    }
    switch (node) {
      case Node.Obj(Map<String, Node> fields, int _) -> {
        if (fields.isEmpty() && !place.isEmpty()) {
          values.put(place, "{}");
        }
        fields.forEach(
            (key, value) -> add(place + "/" + key.replace("~", "~0").replace("/", "~1"), value));
      }
      case Node.Arr(List<Node> items, int _) -> {
        if (items.isEmpty()) {
          values.put(place, "[]");
        }
        for (int i = 0; i < items.size(); i++) {
          add("%s/%d".formatted(place, i), items.get(i));
        }
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Nothing _ -> {
        String text = JsonText.of(node);
        room -= text.length();
        values.put(place, text);
      }
    }
  }

  /// Returns what is different between `before` and `now`.
  static List<String> difference(Node before, Node now) {
    Map<String, String> was = of(before);
    Map<String, String> is = of(now);
    List<String> lines = new ArrayList<>();
    TreeMap<String, String> places = new TreeMap<>(was);
    places.putAll(is);
    for (String place : places.keySet()) {
      String old = was.get(place);
      String young = is.get(place);
      if (old != null && young != null && !old.equals(young)) {
        int same = common(old, young);
        lines.add(line("- ", place, old.substring(same)));
        lines.add(line("+ ", place, young.substring(same)));
      } else if (young == null) {
        lines.add(line("- ", place, old == null ? "" : old));
      } else if (old == null) {
        lines.add(line("+ ", place, young));
      }
    }
    return lines;
  }

  /* Of two long texts that begin alike only the rest is shown, with a little before it. */
  private static int common(String old, String young) {
    int same = 0;
    int most = Math.min(old.length(), young.length());
    while (same < most && old.charAt(same) == young.charAt(same)) {
      same++;
    }
    return same < LONG ? 0 : same - BEFORE;
  }

  private static String line(String sign, String place, String value) {
    return sign + visible(place + " " + value);
  }

  /* What hides in a description hides in its difference as well, unless it is written out. */
  private static String visible(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          int type = Character.getType(c);
          boolean hidden =
              type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.SURROGATE
                  || type == Character.PRIVATE_USE
                  || type == Character.UNASSIGNED
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || (type == Character.SPACE_SEPARATOR && c != ' ');
          if (hidden) {
            shown.append("\\u{").append(Integer.toHexString(c)).append('}');
          } else {
            shown.appendCodePoint(c);
          }
        });
    return shown.toString();
  }
}
