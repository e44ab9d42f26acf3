// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.evidence.Broken;
import dev.redoubt.evidence.Entry;
import dev.redoubt.evidence.EntryReader;
import dev.redoubt.evidence.Stored;
import dev.redoubt.evidence.StreamSource;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what happened in a session.
public final class SessionReader {

  private static final Set<String> COUNTED = Set.of("answer", "no-answer", "title");

  private SessionReader() {}

  /// An event with its place in the log.
  ///
  /// @param seq of its entry, counted from 1
  /// @param hash of its entry
  public record Recorded(long seq, Instant time, String hash, AgentEvent event) {}

  /// What can be read of a session.
  ///
  /// @param events in order, up to the first entry that is damaged
  /// @param damage why that is not all of them, for people; empty when it is. A last line that is
  ///   half there is no damage: so a process ends that was killed
  public record Found(List<Recorded> events, Optional<String> damage) {
    public Found {
      events = List.copyOf(events);
      requireNonNull(damage, "damage");
    }
  }

  /// Returns the events of `session` in order, up to the first entry that is damaged.
  ///
  /// @throws RedoubtException UNREADABLE if there is no such session or it cannot be read
  public static List<Recorded> read(SessionFolder sessions, SessionId session) {
    return find(sessions, session).events();
  }

  /// Returns what can be read of `session`, and whether that is all.
  ///
  /// @throws RedoubtException UNREADABLE if there is no such session or it cannot be read
  public static Found find(SessionFolder sessions, SessionId session) {
    if (!sessions.has(session)) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "there is no session \"%s\"".formatted(session));
    }
    try {
      StreamSource source = StreamSource.of(sessions.evidence(), session.stream());
      Reading reading = new Reading(new EventReader(sessions.blobs(session)));
      // Its writer may be at work or may have been killed: in both cases half a line is no entry.
      Optional<Broken> broken =
          EntryReader.read(
              new StreamSource(
                  source.stream(), source.segments(), source.extent(), StreamSource.State.LIVE),
              reading::take);
      return new Found(
          reading.events,
          broken
              .map(it -> "%s:%d %s".formatted(it.file(), it.line(), it.reason()))
              .or(() -> Optional.ofNullable(reading.missed)));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the session %s: %s".formatted(session, RedoubtException.reason(e)),
          e);
    }
  }

  /* What was used stands in answers, so one that cannot be understood is not left out quietly. */
  private static final class Reading {

    private final EventReader reader;
    private final List<Recorded> events = new ArrayList<>();
    private long seq;
    private @Nullable String missed;

    Reading(EventReader reader) {
      this.reader = reader;
    }

    boolean take(Stored stored) {
      Entry entry = stored.entry();
      Optional<AgentEvent> event = reader.read(entry.kind(), stored.tree());
      event.ifPresent(e -> events.add(new Recorded(entry.seq(), entry.time(), entry.hash(), e)));
      if (event.isEmpty() && COUNTED.contains(entry.kind())) {
        missed("the entry %d cannot be understood".formatted(entry.seq()));
      }
      if (entry.seq() != seq + 1) {
        missed("the entries before %d are missing".formatted(entry.seq()));
      }
      seq = entry.seq();
      return true;
    }

    private void missed(String why) {
      missed = missed == null ? why : missed;
    }
  }
}
