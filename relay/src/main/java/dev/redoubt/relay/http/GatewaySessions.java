// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.http.GatewaySession.Places;
import dev.redoubt.relay.http.GatewaySession.Whose;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The sessions of all clients. A client that has too many loses one of its own that is not used,
/// never one of another client's. Safe to share.
final class GatewaySessions implements AutoCloseable {

  private static final int ID_BYTES = 24;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, GatewaySession> sessions = new ConcurrentHashMap<>();
  private final Places places;
  private int opening;

  GatewaySessions(Places places) {
    this.places = requireNonNull(places, "places");
  }

  /// Returns a new session; empty when there are too many.
  ///
  /// @throws IOException if there is no way to the server
  Optional<GatewaySession> begin(Whose whose, Upstream.Opener opener)
      throws IOException, InterruptedException {
    if (!reserve(whose)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = new byte[ID_BYTES];
      random.nextBytes(bytes);
      String id = HexFormat.of().formatHex(bytes);
      GatewaySession session =
          new GatewaySession(
              id, whose, opener.open(whose.client()), places, () -> sessions.remove(id));
      sessions.put(id, session);
      if (session.channel().isOver()) {
        sessions.remove(id);
      }
      return Optional.of(session);
    } finally {
      release();
    }
  }

  private boolean reserve(Whose whose) {
    Optional<GatewaySession> unused = Optional.empty();
    synchronized (this) {
      List<GatewaySession> own =
          sessions.values().stream()
              .filter(session -> session.whose().client().equals(whose.client()))
              .toList();
      boolean full =
          sessions.size() + opening >= places.limits().sessions()
              || own.size() + opening >= places.limits().ofOneClient();
      if (full) {
        unused =
            own.stream()
                .filter(session -> !session.isBusy())
                .max(
                    Comparator.comparing((GatewaySession session) -> !session.isEstablished())
                        .thenComparingLong(GatewaySession::idleNanos));
        if (unused.isEmpty()) {
          return false;
        }
        sessions.remove(unused.get().id());
      }
      opening++;
    }
    unused.ifPresent(GatewaySession::close);
    return true;
  }

  private synchronized void release() {
    opening--;
  }

  /// Returns the session of that id, if it is the caller's own, and of that server.
  Optional<GatewaySession> find(String id, Whose whose) {
    Optional<GatewaySession> found =
        Optional.ofNullable(sessions.get(id)).filter(session -> session.whose().equals(whose));
    found.ifPresent(GatewaySession::use);
    return found;
  }

  void end(GatewaySession session) {
    sessions.remove(session.id());
    session.close();
  }

  /// Ends those that nobody uses any more.
  void endIdle() {
    for (GatewaySession session : List.copyOf(sessions.values())) {
      if (session.idleNanos() > places.limits().idle().toNanos() && !session.isBusy()) {
        end(session);
      }
    }
  }

  int count() {
    return sessions.size();
  }

  @Override
  public void close() {
    List<Thread> ends =
        List.copyOf(sessions.values()).stream()
            .map(
                session -> Thread.ofVirtual().name("gateway-session-end").start(() -> end(session)))
            .toList();
    for (Thread each : ends) {
      try {
        each.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
