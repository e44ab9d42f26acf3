// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import dev.redoubt.cli.CommandOutput;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.server.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes what was read from foreign files fit to be shown to a model: short, and without what
/// cannot be seen.
final class Shown {

  private static final int LONGEST = 500;
  private static final int MOST = 20;

  private Shown() {}

  /// Returns `node` with each text cut to 500 characters and each list to 20 items.
  static Node of(Node node) {
    return switch (node) {
      case Node.Text(String value, int line) ->
          new Node.Text(
              CommandOutput.plain(
                  value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value),
              line);
      case Node.Arr(List<Node> items, int line) -> {
        List<Node> shown = new ArrayList<>();
        items.stream().limit(MOST).map(Shown::of).forEach(shown::add);
        if (items.size() > MOST) {
          shown.add(new Node.Text("… and %d more".formatted(items.size() - MOST), line));
        }
        yield new Node.Arr(shown, line);
      }
      case Node.Obj(Map<String, Node> fields, int line) -> {
        Map<String, Node> shown = new LinkedHashMap<>();
        fields.forEach((key, value) -> shown.put(CommandOutput.plain(key), of(value)));
        yield new Node.Obj(shown, line);
      }
      case Node.Num _, Node.Bool _, Node.Nothing _ -> node;
    };
  }

  /// Returns those of `items` from `offset` on, at most `limit`, with how many there are in all.
  static Tree page(String field, List<Node> items, int offset, int limit) {
    List<Node> page = items.stream().skip(offset).limit(limit).map(Shown::of).toList();
    Tree result = new Tree().and(field, Tree.list(page)).and("total", items.size());
    if (offset + page.size() < items.size()) {
      result.and("nextOffset", offset + page.size());
    }
    return result;
  }
}
