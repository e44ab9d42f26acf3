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

/// The sessions there are. One that is not used for an hour ends, and the one unused for longest
/// does when there are too many. Safe to share.
final class WebSessions implements AutoCloseable {

  private static final int MOST = 256;
  private static final Duration IDLE = Duration.ofHours(1);

  private final SecureRandom random = new SecureRandom();
  private final Map<String, WebSession> sessions = new ConcurrentHashMap<>();

  WebSession begin(Optional<String> owner, McpServer server) {
    endIdle();
    byte[] id = new byte[24];
    random.nextBytes(id);
    WebSession session = new WebSession(HexFormat.of().formatHex(id), owner, server);
    sessions.put(session.id(), session);
    return session;
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
      if (session.idleNanos() > IDLE.toNanos()) {
        end(session);
      }
    }
    if (sessions.size() >= MOST) {
      sessions.values().stream()
          .max(Comparator.comparingLong(WebSession::idleNanos))
          .ifPresent(this::end);
    }
  }

  @Override
  public void close() {
    List.copyOf(sessions.values()).forEach(this::end);
  }
}
