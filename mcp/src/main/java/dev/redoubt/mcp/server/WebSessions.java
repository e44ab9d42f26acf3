// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The sessions there are. One that is not used for an hour ends. When there are too many, the
/// oldest one ends that its client never came back to, else the one unused for longest; never one
/// with a request that is worked on or a stream that is read, or used a short while ago. Safe to
/// share.
final class WebSessions implements AutoCloseable {

  private static final Duration IDLE = Duration.ofHours(1);

  private final SecureRandom random = new SecureRandom();
  private final Map<String, WebSession> sessions = new ConcurrentHashMap<>();

  private final WebLimits limits;

  WebSessions(WebLimits limits) {
    this.limits = limits;
  }

  /// Returns a new session; empty when there are too many, and all are in use.
  synchronized Optional<WebSession> begin(Optional<String> owner, McpServer server) {
    endIdle();
    if (sessions.size() >= limits.sessions()) {
      return Optional.empty();
    }
    byte[] id = new byte[24];
    random.nextBytes(id);
    WebSession session =
        new WebSession(HexFormat.of().formatHex(id), owner, server, limits.requests());
    sessions.put(session.id(), session);
    return Optional.of(session);
  }

  /// Returns the session of that id, if it is the caller's own.
  Optional<WebSession> find(String id, Optional<String> caller) {
    Optional<WebSession> found =
        Optional.ofNullable(sessions.get(id)).filter(session -> session.belongsTo(caller));
    found.ifPresent(WebSession::use);
    return found;
  }

  void end(WebSession session) {
    sessions.remove(session.id());
    session.close();
  }

  private void endIdle() {
    for (WebSession session : List.copyOf(sessions.values())) {
      if (session.idleNanos() > IDLE.toNanos() && !session.isBusy()) {
        end(session);
      }
    }
    if (sessions.size() >= limits.sessions()) {
      sessions.values().stream()
          .filter(session -> !session.isBusy())
          .filter(session ->
              !session.isEstablished() || session.idleNanos() >= limits.settled().toNanos())
          .max(
              Comparator.comparing((WebSession session) -> !session.isEstablished())
                  .thenComparingLong(WebSession::idleNanos))
          .ifPresent(this::end);
    }
  }

  @Override
  public void close() {
    List.copyOf(sessions.values()).forEach(this::end);
  }
}
