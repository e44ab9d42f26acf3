// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The tools of a session, by name, in the order in which a model is told of them. What is shown
/// later comes last, so that the beginning of a request stays as it was. For one thread.
final class Toolbox {

  private static final int FARTHEST = 4;

  private final Map<String, Tool> tools = new LinkedHashMap<>();
  private final Map<String, String> hidden;
  private final Map<String, ToolSpec> shown = new LinkedHashMap<>();

  /// @param hidden tools that are kept from the model, with the mode that has each
  Toolbox(List<Tool> tools, Map<String, String> hidden) {
    this.hidden = Map.copyOf(hidden);
    for (Tool tool : tools) {
      ToolSpec spec = tool.spec();
      if (this.tools.put(spec.name(), tool) != null) {
        throw new IllegalArgumentException("two tools are called " + spec.name());
      }
    }
  }

  List<ToolSpec> specs() {
    for (Map.Entry<String, Tool> tool : tools.entrySet()) {
      if (tool.getValue().isShown() && !shown.containsKey(tool.getKey())) {
        shown.put(tool.getKey(), tool.getValue().spec());
      }
    }
    return List.copyOf(shown.values());
  }

  Optional<Tool> named(String name) {
    return Optional.ofNullable(tools.get(name));
  }

  /// Returns what a model is told that called a tool that does not exist.
  String unknown(String name) {
    String mode = hidden.get(name);
    if (mode != null && !tools.containsKey(name)) {
      return ("there is no tool \"%s\" in this mode; the mode \"%s\" has it, and only the person"
              + " can change the mode. There are: %s")
          .formatted(name, mode, String.join(", ", tools.keySet()));
    }
    List<String> near = new ArrayList<>();
    for (String known : tools.keySet()) {
      if (isNear(name.toLowerCase(Locale.ROOT), known.toLowerCase(Locale.ROOT))) {
        near.add(known);
      }
    }
    return near.isEmpty()
        ? "there is no tool \"%s\"; there are: %s"
            .formatted(name, String.join(", ", tools.keySet()))
        : "there is no tool \"%s\"; did you mean %s?".formatted(name, String.join(" or ", near));
  }

  private static boolean isNear(String name, String known) {
    return name.length() <= 64
        && (name.contains(known)
            || (name.length() > 2 && known.contains(name))
            || distance(name, known) <= Math.min(FARTHEST, known.length() / 2));
  }

  /* How many letters have to be put in, taken out or changed. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int above = row[j];
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
