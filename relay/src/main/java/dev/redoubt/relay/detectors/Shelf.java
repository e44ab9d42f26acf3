// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.relay.api.Upstream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a server said of its tools, as far as it was heard. Safe to share; bounded.
final class Shelf {

  private static final int MOST_TOOLS = 5_000;
  private static final int MOST_PAGES = 100;

  private final Map<String, Node> tools = new HashMap<>();
  private boolean isComplete;

  /// Puts the tools of a listing onto it.
  synchronized void put(Node result) {
    for (Node tool : result.items("tools")) {
      if (tools.size() < MOST_TOOLS) {
        tool.text("name").ifPresent(name -> tools.put(name, tool));
      }
    }
  }

  /// Forgets all of them: the server says they have changed.
  synchronized void forget() {
    tools.clear();
    isComplete = false;
  }

  /// Returns the descriptor of `name`, as far as it was heard.
  synchronized Optional<Node> find(String name) {
    return Optional.ofNullable(tools.get(name));
  }

  /// Returns the names that were heard.
  synchronized Set<String> names() {
    return Set.copyOf(tools.keySet());
  }

  /// Returns the descriptor of `name`, asking the server once when it was not heard.
  Optional<Node> find(String name, Upstream upstream) throws InterruptedException {
    Optional<Node> heard = find(name);
    if (heard.isPresent() || complete()) {
      return heard;
    }
    Map<String, Node> fields = new HashMap<>();
    for (int page = 0; page < MOST_PAGES; page++) {
      if (!(upstream.ask("tools/list", new Node.Obj(fields, 1))
          instanceof RpcAnswer.Replied(Node result))) {
        break;
      }
      put(result);
      Optional<String> cursor = result.text("nextCursor");
      if (cursor.isEmpty()) {
        break;
      }
      fields.put("cursor", new Node.Text(cursor.get(), 1));
    }
    finished();
    return find(name);
  }

  private synchronized boolean complete() {
    return isComplete;
  }

  private synchronized void finished() {
    isComplete = true;
  }
}
