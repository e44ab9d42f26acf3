// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import dev.redoubt.cli.inspect.InspectedServer.Self;
import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What somebody saved of the answers of a server: JSON-RPC answers, one or a list of them, what
/// stands in them, or a bare list of tools.
///
/// @param items every one, in order
/// @param self what the server said of itself, when a greeting is among the answers
record Listing(List<Item> items, Optional<Self> self) {

  Listing {
    items = List.copyOf(items);
  }

  private static final int DEEPEST = 4;

  /// Returns what `root` lists; nothing when it is something else.
  static Listing of(Node root) {
    List<Item> items = new ArrayList<>();
    List<Self> selves = new ArrayList<>();
    collect(root, items, selves, DEEPEST);
    return new Listing(items, selves.stream().findFirst());
  }

  boolean isEmpty() {
    return items.isEmpty() && self.isEmpty();
  }

  private static void collect(Node node, List<Item> items, List<Self> selves, int depth) {
    if (depth == 0) {
      return;
    }
    for (Node each : node.items()) {
      boolean isAnswer = each.get("result").isPresent() || each.get("jsonrpc").isPresent();
      if (isAnswer) {
        collect(each, items, selves, depth - 1);
      } else if (each instanceof Node.Obj tool && tool.text("name").isPresent()) {
        items.add(Item.of(Item.Kind.TOOL, tool));
      }
    }
    node.get("result").ifPresent(result -> collect(result, items, selves, depth - 1));
    for (Item.Kind kind : Item.Kind.values()) {
      for (Node each : node.items(kind.list())) {
        if (each instanceof Node.Obj whole) {
          items.add(Item.of(kind, whole));
        }
      }
    }
    if (node.get("serverInfo").isPresent() || node.get("instructions").isPresent()) {
      Optional<Node> named = node.get("serverInfo");
      selves.add(
          new Self(
              named.flatMap(it -> it.text("name")).orElse(""),
              named.flatMap(it -> it.text("version")).orElse(""),
              node.text("protocolVersion").orElse(""),
              node.text("instructions").orElse("")));
    }
  }
}
