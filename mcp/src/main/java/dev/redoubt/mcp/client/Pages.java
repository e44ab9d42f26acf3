// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads lists that a server tells in pages, to their end. Safe to share.
final class Pages {

  private static final int MOST_PAGES = 200;
  private static final int MOST_ITEMS = 2_000;
  private static final int MOST_TEXT = 16 << 20;

  private final RpcPeer peer;
  private final Greeting.Met met;
  private final Duration patience;

  /// @param patience for all pages of a list together
  Pages(RpcPeer peer, Greeting.Met met, Duration patience) {
    this.peer = requireNonNull(peer, "peer");
    this.met = requireNonNull(met, "met");
    this.patience = requireNonNull(patience, "patience");
  }

  /// Returns the items at `key` of all answers to `method`, in their order.
  ///
  /// @throws McpException if there are over 2,000, or 16 million characters about them, or no end
  List<Node> all(String method, String key) throws McpException, InterruptedException {
    List<Node> items = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    long end = System.nanoTime() + patience.toNanos();
    long size = 0;
    for (int page = 0; page < MOST_PAGES; page++) {
      Fields params = new Fields();
      cursor.ifPresent(at -> params.and("cursor", at));
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      Node result =
          Greeting.result(
              peer.ask(method, Optional.of(met.with(params.object()))).await(left, left), method);
      for (Node item : result.items(key)) {
        size += JsonText.of(item).length();
        if (size > MOST_TEXT) {
          throw new McpException(
              "describes its %s with more than %d MB".formatted(key, MOST_TEXT >> 20));
        }
        items.add(item);
      }
      if (items.size() > MOST_ITEMS) {
        throw new McpException("has more than %d %s".formatted(MOST_ITEMS, key));
      }
      cursor = result.text("nextCursor").filter(next -> !next.isEmpty());
      if (cursor.isEmpty()) {
        return items;
      }
    }
    throw new McpException("does not come to an end with its %s".formatted(key));
  }
}
