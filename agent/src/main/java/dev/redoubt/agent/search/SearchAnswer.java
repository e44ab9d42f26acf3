// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.search;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Finds the results in what a search engine answered.
final class SearchAnswer {

  /// How many bytes of an answer are read.
  static final int LARGEST = 2 << 20;

  /// How many characters of each text of a result are kept.
  static final int LONGEST = 20_000;

  private static final Limits LIMITS = new Limits(LARGEST, 50, 100_000);
  private static final int MOST_RESULTS = 10;

  private SearchAnswer() {}

  /// Returns `{"results":[{"title","address","text"}]}`, at most ten; empty when `body` is no JSON
  /// with a list where the results are to be.
  ///
  /// @param hidden takes out what nobody may see
  static Optional<Node.Obj> read(
      byte[] body, SearchPlan.Paths paths, UnaryOperator<String> hidden) {
    Node root;
    try {
      root = Json.readStrict(body, LIMITS);
    } catch (DocumentException e) {
      return Optional.empty();
    }
    Node list = at(root, paths.results());
    if (!(list instanceof Node.Arr) && !(list instanceof Node.Nothing)) {
      return Optional.empty();
    }
    List<Node> items = list.items();
    List<Node> results = new ArrayList<>();
    for (Node item : items) {
      if (item instanceof Node.Obj && results.size() < MOST_RESULTS) {
        results.add(
            new Payload()
                .text("title", hidden.apply(text(item, paths.title())))
                .text("address", hidden.apply(text(item, paths.address())))
                .text("text", hidden.apply(text(item, paths.text())))
                .object());
      }
    }
    if (results.isEmpty() && !items.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Node.Obj(Map.of("results", new Node.Arr(results, 1)), 1));
  }

  private static String text(Node item, String path) {
    Node found = at(item, path);
    return found == null ? "" : found.scalar().orElse("");
  }

  /* Null when it is not there and has to be, nothing when it may be absent. */
  private static @Nullable Node at(Node root, String path) {
    Node node = root;
    for (String step : path.split("\\.", -1)) {
      boolean optional = step.endsWith("?");
      String name = optional ? step.substring(0, step.length() - 1) : step;
      Optional<Node> next = node instanceof Node.Arr arr ? item(arr, name) : node.get(name);
      if (next.isEmpty()) {
        return optional && node instanceof Node.Obj ? new Node.Nothing(1) : null;
      }
      node = next.get();
    }
    return node;
  }

  private static Optional<Node> item(Node.Arr list, String number) {
    if (!number.matches("[0-9]{1,4}") || Integer.parseInt(number) >= list.items().size()) {
      return Optional.empty();
    }
    return Optional.of(list.items().get(Integer.parseInt(number)));
  }
}
