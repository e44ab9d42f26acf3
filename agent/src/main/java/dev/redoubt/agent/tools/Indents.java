// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How the lines of a file are indented, and how a model believes they are.
///
/// @param real the indent in the file, by the one that was believed
/// @param width how many spaces the model writes for a tab of the file, or the file has for a tab
///   of the model; 0 when nothing says so
record Indents(Map<String, String> real, int width) {

  Indents {
    real = Map.copyOf(real);
  }

  /// Returns what the lines that were found say.
  ///
  /// @param map which line of the file each believed one is, or -1
  static Indents between(List<String> believed, int[] map, List<String> file) {
    Map<String, String> real = new HashMap<>();
    int width = 0;
    for (int i = 0; i < map.length; i++) {
      if (map[i] >= 0 && !believed.get(i).isBlank()) {
        String was = indent(believed.get(i));
        String is = indent(file.get(map[i]));
        real.putIfAbsent(was, is);
        width = Math.max(width, width(was, is));
      }
    }
    return new Indents(real, width);
  }

  private static int width(String was, String is) {
    String tabs = isAll(was, '\t') ? was : is;
    String spaces = isAll(was, '\t') ? is : was;
    return !tabs.isEmpty()
            && isAll(tabs, '\t')
            && isAll(spaces, ' ')
            && spaces.length() % tabs.length() == 0
        ? spaces.length() / tabs.length()
        : 0;
  }

  private static boolean isAll(String text, char c) {
    return text.chars().allMatch(other -> other == c);
  }

  private static String indent(String line) {
    int end = 0;
    while (end < line.length() && (line.charAt(end) == ' ' || line.charAt(end) == '\t')) {
      end++;
    }
    return line.substring(0, end);
  }

  /// Returns `line`, as a model wrote it, indented as the file is.
  String of(String line) {
    String indent = indent(line);
    String rest = line.substring(indent.length());
    if (rest.isEmpty()) {
      return line;
    }
    String exact = real.get(indent);
    if (exact != null) {
      return exact + rest;
    }
    String nearest = null;
    for (String known : real.keySet()) {
      if (indent.startsWith(known) && (nearest == null || known.length() > nearest.length())) {
        nearest = known;
      }
    }
    return nearest == null
        ? line
        : real.get(nearest) + deeper(indent.substring(nearest.length())) + rest;
  }

  private String deeper(String indent) {
    boolean tabs = real.values().stream().anyMatch(known -> known.startsWith("\t"));
    if (width == 0) {
      return indent;
    }
    return tabs && isAll(indent, ' ')
        ? "\t".repeat(indent.length() / width) + " ".repeat(indent.length() % width)
        : !tabs && isAll(indent, '\t') ? " ".repeat(indent.length() * width) : indent;
  }
}
