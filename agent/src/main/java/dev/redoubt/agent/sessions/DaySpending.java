// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.sessions.SessionReader.Recorded;
import dev.redoubt.agent.sessions.Transcript.Spent;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts what all sessions have used since a moment, as their logs have it: also those that other
/// processes are at work on. A log is read again when it has grown. Safe to share.
///
/// A limit that cannot be known is not kept by guessing: when a log that was written to since then
/// is damaged or cannot be read, nothing is counted and the count fails. A last line that is half
/// there is no damage.
public final class DaySpending {

  private final SessionFolder sessions;
  private final Instant start;
  private final Map<SessionId, Counted> counted = new HashMap<>();

  /// The state of a log, as far as the file system knows it.
  private record Extent(long size, Instant newest) {}

  private record Counted(Extent extent, Spent spent) {}

  /// What is counted is what was used from `start` on.
  public DaySpending(SessionFolder sessions, Instant start) {
    this.sessions = requireNonNull(sessions, "sessions");
    this.start = requireNonNull(start, "start");
  }

  /// Returns what `session` and its sub-agents have used. What a fork took over from another
  /// session was used there, and counts once.
  ///
  /// @throws RedoubtException UNREADABLE if it cannot be known
  public Spent of(SessionId session) {
    return sum(session, true);
  }

  /// Returns what all sessions but `session` and its sub-agents have used.
  ///
  /// @throws RedoubtException UNREADABLE if it cannot be known
  public Spent besides(SessionId session) {
    return sum(session, false);
  }

  private synchronized Spent sum(SessionId session, boolean own) {
    Map<SessionId, Instant> last = null;
    Spent spent = Spent.NOTHING;
    for (SessionId id : sessions.all()) {
      if (isOf(session, id) != own) {
        continue;
      }
      Extent extent = extent(id);
      Counted before = counted.get(id);
      if (before == null || !before.extent().equals(extent)) {
        last = last == null ? lastEvents() : last;
        before = new Counted(extent, count(id, extent, last.get(id)));
        counted.put(id, before);
      }
      spent = spent.plus(before.spent());
    }
    return spent;
  }

  private static boolean isOf(SessionId session, SessionId id) {
    for (Optional<SessionId> at = Optional.of(id); at.isPresent(); at = at.get().parent()) {
      if (at.get().equals(session)) {
        return true;
      }
    }
    return false;
  }

  /* A session that the index leaves out has no last event here, and is read. */
  private Map<SessionId, Instant> lastEvents() {
    Map<SessionId, Instant> last = new HashMap<>();
    for (SessionSummary summary : SessionIndex.of(sessions)) {
      last.put(summary.id(), summary.time().last());
    }
    return last;
  }

  private Extent extent(SessionId id) {
    long size = 0;
    Instant newest = Instant.EPOCH;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(sessions.stream(id), "*.jsonl")) {
      for (Path file : files) {
        size += Files.size(file);
        Instant written = Files.getLastModifiedTime(file).toInstant();
        newest = written.isAfter(newest) ? written : newest;
      }
      return new Extent(size, newest);
    } catch (NoSuchFileException e) {
      return new Extent(0, Instant.EPOCH);
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      throw unknown(id, RedoubtException.reason(e), e);
    }
  }

  private Spent count(SessionId id, Extent extent, @Nullable Instant last) {
    boolean isOld = extent.newest().isBefore(start);
    if (extent.size() == 0 || (isOld && last != null && last.isBefore(start))) {
      return Spent.NOTHING;
    }
    SessionReader.Found found = read(id);
    List<Recorded> events = new ArrayList<>();
    for (Recorded recorded :
        found.events().subList(copied(found.events()), found.events().size())) {
      if (!recorded.time().isBefore(start)) {
        events.add(recorded);
      }
    }
    // What nobody wrote to since then can hide nothing that was used since then.
    if (found.damage().isPresent() && !(isOld && events.isEmpty())) {
      throw unknown(id, found.damage().get(), null);
    }
    return spent(events);
  }

  private SessionReader.Found read(SessionId id) {
    try {
      return SessionReader.find(sessions, id);
    } catch (RedoubtException e) {
      throw unknown(id, String.valueOf(e.getMessage()), e);
    }
  }

  private static Spent spent(List<Recorded> events) {
    Spent spent = Spent.NOTHING;
    for (Recorded recorded : events) {
      if (recorded.event()
          instanceof AgentEvent.Answered(var _, var _, var usage, var cost, var _)) {
        spent = spent.plus(1, usage, cost);
      } else if (recorded.event()
          instanceof AgentEvent.Unanswered(var _, var _, var usage, var cost, var _)) {
        spent = spent.plus(0, usage, cost);
      } else if (recorded.event() instanceof AgentEvent.Titled(var _, var _, var usage, var cost)) {
        spent = spent.plus(0, usage, cost);
      }
    }
    return spent;
  }

  private int copied(List<Recorded> events) {
    if (events.isEmpty()
        || !(events.getFirst().event()
            instanceof AgentEvent.Forked(String from, long last, String _))) {
      return 0;
    }
    SessionId source = new SessionId(from);
    if (!sessions.has(source)) {
      return 0;
    }
    long taken = read(source).events().stream().filter(it -> it.seq() <= last).count();
    return Math.min(1 + (int) taken, events.size());
  }

  private static RedoubtException unknown(SessionId id, String why, @Nullable Throwable cause) {
    return new RedoubtException(
        ErrorCode.UNREADABLE,
        "what the session %s has used is not known: %s (redoubt evidence verify says more)"
            .formatted(id, why),
        cause);
  }
}
