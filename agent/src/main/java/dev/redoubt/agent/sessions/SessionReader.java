// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.evidence.EntryReader;
import dev.redoubt.evidence.StreamSource;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what happened in a session.
public final class SessionReader {

  private SessionReader() {}

  /// An event with its place in the log.
  ///
  /// @param seq of its entry, counted from 1
  /// @param hash of its entry
  public record Recorded(long seq, Instant time, String hash, AgentEvent event) {}

  /// Returns the events of `session` in order, up to the first entry that is damaged.
  ///
  /// @throws RedoubtException UNREADABLE if there is no such session or it cannot be read
  public static List<Recorded> read(SessionFolder sessions, SessionId session) {
    if (!sessions.has(session)) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "there is no session \"%s\"".formatted(session));
    }
    EventReader reader = new EventReader(sessions.blobs(session));
    List<Recorded> events = new ArrayList<>();
    try {
      EntryReader.read(
          StreamSource.of(sessions.evidence(), session.stream()),
          stored -> {
            Optional<AgentEvent> event = reader.read(stored.entry().kind(), stored.tree());
            event.ifPresent(e ->
                events.add(
                    new Recorded(
                        stored.entry().seq(), stored.entry().time(), stored.entry().hash(), e)));
            return true;
          });
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the session %s: %s".formatted(session, RedoubtException.reason(e)),
          e);
    }
    return events;
  }
}
