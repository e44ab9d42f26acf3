// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.http.GatewaySession.Places;
import dev.redoubt.relay.http.GatewaySession.Whose;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The ways for requests that stand for themselves: one a client and server, opened when it is
/// needed. Safe to share.
final class Standings implements AutoCloseable {

  private final Places places;
  private final Map<Whose, Slot> slots = new ConcurrentHashMap<>();

  /* Opening takes its time, and holds up only those who want the same. */
  private static final class Slot {
    private @org.jspecify.annotations.Nullable Standing standing;
  }

  Standings(Places places) {
    this.places = requireNonNull(places, "places");
  }

  /// Returns the way of that client to that server.
  ///
  /// @throws IOException if there is none
  Standing of(Whose whose, Upstream.Opener opener) throws IOException, InterruptedException {
    Slot slot = slots.computeIfAbsent(whose, _ -> new Slot());
    synchronized (slot) {
      Standing standing = slot.standing;
      if (standing == null || standing.isOver()) {
        standing = new Standing(opener.open(whose.client()), places);
        slot.standing = standing;
      }
      return standing;
    }
  }

  /// Ends those that nobody uses any more.
  void endIdle() {
    slots
        .values()
        .forEach(slot -> {
          Standing unused = null;
          synchronized (slot) {
            if (slot.standing != null && slot.standing.isIdle(places.limits().idle().toNanos())) {
              unused = slot.standing;
              slot.standing = null;
            }
          }
          if (unused != null) {
            unused.close();
          }
        });
  }

  @Override
  public void close() {
    for (Slot slot : List.copyOf(slots.values())) {
      synchronized (slot) {
        if (slot.standing != null) {
          slot.standing.close();
          slot.standing = null;
        }
      }
    }
  }
}
