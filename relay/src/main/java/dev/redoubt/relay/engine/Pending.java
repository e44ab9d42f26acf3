// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.relay.api.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The requests of one side that wait for an answer. Safe to share.
final class Pending {

  /* More than any program has in flight; each holds the params of a request. */
  static final int MOST = 2_000;
  private static final int MOST_CANCELLED = 1_000;

  private final Map<String, Entry> open = new LinkedHashMap<>();
  private final Set<String> cancelled = new LinkedHashSet<>();

  private record Entry(RpcId id, Asked asked, boolean sent, long ticket) {}

  private long tickets;
  private boolean lost;

  /// Whether a request may be made under an id.
  sealed interface Opened {
    /// It may.
    ///
    /// @param ticket tells this request from another one under the same id
    record Open(long ticket) implements Opened {}

    /// Another one waits under it.
    record InUse() implements Opened {}

    /// Too many wait.
    record TooMany() implements Opened {}

    /// Nobody is left who could answer it.
    record Lost() implements Opened {}
  }

  synchronized Opened open(RpcId id, Asked asked) {
    if (lost) {
      return new Opened.Lost();
    }
    String key = key(id);
    if (open.containsKey(key)) {
      return new Opened.InUse();
    }
    if (open.size() >= MOST) {
      return new Opened.TooMany();
    }
    cancelled.remove(key);
    tickets++;
    open.put(key, new Entry(id, asked, false, tickets));
    return new Opened.Open(tickets);
  }

  synchronized boolean isOpen(RpcId id) {
    return open.containsKey(key(id));
  }

  /// From now on it can be answered, unless it was taken back meanwhile.
  synchronized void sent(RpcId id, Asked asked, long ticket) {
    open.computeIfPresent(
        key(id),
        (_, entry) -> entry.ticket() == ticket ? new Entry(id, asked, true, ticket) : entry);
  }

  /// It waits no longer, because the relay answers it.
  ///
  /// @return whether that answer is due: false when it was given up before
  synchronized boolean drop(RpcId id, long ticket) {
    String key = key(id);
    Entry entry = open.get(key);
    if (entry == null || entry.ticket() != ticket) {
      return !lost;
    }
    open.remove(key);
    notifyAll();
    return true;
  }

  /// Returns what `id` answers, once.
  synchronized Optional<Asked> answered(RpcId id) {
    String key = key(id);
    Entry entry = open.get(key);
    if (entry == null || !entry.sent()) {
      return Optional.empty();
    }
    open.remove(key);
    notifyAll();
    return Optional.of(entry.asked());
  }

  /// Nobody waits for it any more, and its answer need not come.
  synchronized void cancel(RpcId id) {
    String key = key(id);
    if (open.remove(key) != null) {
      notifyAll();
      cancelled.add(key);
      if (cancelled.size() > MOST_CANCELLED) {
        cancelled.remove(cancelled.iterator().next());
      }
    }
  }

  synchronized boolean wasCancelled(RpcId id) {
    return cancelled.remove(key(id));
  }

  /// Waits until nothing waits any more, and `most` at most.
  synchronized void settled(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (long left = most.toNanos(); left > 0 && !open.isEmpty(); left = end - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
  }

  /// Returns the ids of all that wait, which then wait no longer; nothing is waited for any more.
  synchronized List<RpcId> giveUp() {
    lost = true;
    List<RpcId> ids = new ArrayList<>();
    open.values().forEach(entry -> ids.add(entry.id()));
    open.clear();
    notifyAll();
    return ids;
  }

  static String key(RpcId id) {
    return id.key();
  }
}
