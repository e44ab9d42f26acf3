// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/* https://openrouter.ai/docs/use-cases/reasoning-tokens */
/// The list in which a router carries the reasoning of many providers. It comes in pieces and is
/// wanted back whole.
final class ReasoningDetails {

  private static final String[] GROWING = {"text", "summary", "data"};

  private ReasoningDetails() {}

  /// Adds `pieces` to `all`: to the last entry when it has the same type and index, else as new.
  static void append(List<Node> all, List<Node> pieces) {
    for (Node piece : pieces) {
      Node last = all.isEmpty() ? null : all.getLast();
      if (last != null
          && last.text("type").equals(piece.text("type"))
          && last.scalar("index").isPresent()
          && last.scalar("index").equals(piece.scalar("index"))) {
        all.set(all.size() - 1, joined(last, piece));
      } else {
        all.add(piece);
      }
    }
  }

  private static Node joined(Node last, Node piece) {
    Map<String, Node> fields = new LinkedHashMap<>(last.fields());
    piece
        .fields()
        .forEach((name, value) -> {
          if (!(value instanceof Node.Nothing)) {
            fields.put(name, value);
          }
        });
    for (String name : GROWING) {
      String text = last.text(name).orElse("") + piece.text(name).orElse("");
      if (!text.isEmpty()) {
        fields.put(name, new Node.Text(text, 1));
      }
    }
    return new Node.Obj(fields, 1);
  }
}
