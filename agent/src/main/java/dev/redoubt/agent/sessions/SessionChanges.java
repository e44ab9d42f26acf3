// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.sessions.SessionReader.Recorded;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// Changes sessions as a whole: forks, names and deletes them.
public final class SessionChanges {

  private static final String STREAM = "sessions";

  private final SessionFolder sessions;
  private final Clock clock;

  public SessionChanges(SessionFolder sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /// Gives `session` a name.
  ///
  /// @throws SessionBusyException if somebody works on it
  public void rename(SessionId session, String name) {
    try (SessionLog log = SessionLog.open(sessions, session, clock)) {
      log.append(new AgentEvent.Named(name));
    }
  }

  /// Begins the session `to` with what `from` has, and leaves `from` as it is.
  ///
  /// @param last the last entry of `from` that is taken over
  public void fork(SessionId from, SessionId to, long last) {
    List<Recorded> events =
        SessionReader.read(sessions, from).stream().filter(event -> event.seq() <= last).toList();
    if (events.isEmpty()) {
      throw new RedoubtException(
          ErrorCode.USAGE, "the session %s has nothing up to entry %d".formatted(from, last));
    }
    Recorded end = events.getLast();
    try (SessionLog log = SessionLog.open(sessions, to, clock)) {
      copyBlobs(from, to);
      log.append(new AgentEvent.Forked(from.text(), end.seq(), end.hash()));
      events.forEach(event -> log.append(event.event()));
    } catch (IOException e) {
      throw unwritable(to, e);
    }
  }

  /* References in the middle of a conversation stay good. */
  private void copyBlobs(SessionId from, SessionId to) throws IOException {
    Path source = sessions.of(from).resolve("blobs");
    if (!Files.isDirectory(source)) {
      return;
    }
    Path target = sessions.of(to).resolve("blobs");
    OwnFiles.makeFolder(target);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(source)) {
      for (Path file : files) {
        Files.copy(file, target.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  /// Deletes `session` with its log. That it was there, and how it ended, stays in the stream
  /// `sessions`.
  ///
  /// @throws SessionBusyException if somebody works on it
  public void delete(SessionId session) {
    List<Recorded> events = SessionReader.read(sessions, session);
    try (SessionLock _ = SessionLock.take(sessions.of(session), session);
        EvidenceLog evidence = EvidenceLog.open(sessions.dataDir(), STREAM, clock)) {
      Payload gone = new Payload().text("name", session.text());
      if (!events.isEmpty()) {
        gone.number("entries", events.getLast().seq()).text("head", events.getLast().hash());
      }
      evidence.append(new Event("session-deleted", "person", gone.object()));
      deleteAll(sessions.stream(session));
      deleteAll(sessions.of(session));
    } catch (IOException e) {
      throw unwritable(session, e);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          deleteAll(child);
        }
      }
    }
    Files.deleteIfExists(folder);
  }

  private static RedoubtException unwritable(SessionId session, IOException e) {
    return new RedoubtException(
        ErrorCode.UNWRITABLE,
        "the session %s cannot be written: %s".formatted(session, RedoubtException.reason(e)),
        e);
  }
}
