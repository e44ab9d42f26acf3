// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Message;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/// The log of one session, open for appending by the one process that works on it. Safe to share
/// between threads.
public final class SessionLog implements AutoCloseable {

  private static final String ACTOR = "agent";
  private static final int LONGEST_INLINE = 48 << 10;
  private static final int LONGEST_IN_A_CROWD = 512;
  private static final int ROOM = EvidenceLog.LARGEST_PAYLOAD - (64 << 10);

  private final SessionId id;
  private final SessionLock lock;
  private final EvidenceLog evidence;
  private final Blobs blobs;
  private final EvidenceDecisionLog decisions;
  private volatile String head = "";

  private SessionLog(SessionId id, SessionLock lock, EvidenceLog evidence, Blobs blobs) {
    this.id = id;
    this.lock = lock;
    this.evidence = evidence;
    this.blobs = blobs;
    this.decisions = new EvidenceDecisionLog(evidence, ACTOR);
  }

  /// Opens the log of `session`, making it when there is none. What a crash left half written is
  /// repaired.
  ///
  /// @throws SessionBusyException if another process has it open
  /// @throws RedoubtException UNWRITABLE if it cannot be written
  public static SessionLog open(SessionFolder sessions, SessionId session, Clock clock) {
    requireNonNull(session, "session");
    SessionLock lock;
    try {
      lock = SessionLock.take(sessions.of(session), session);
    } catch (IOException e) {
      throw unwritable(sessions, session, e);
    }
    try {
      EvidenceLog evidence = EvidenceLog.open(sessions.dataDir(), session.stream(), clock);
      return new SessionLog(session, lock, evidence, sessions.blobs(session));
    } catch (RuntimeException e) {
      try {
        lock.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /// Returns whose log it is.
  public SessionId id() {
    return id;
  }

  /// Writes `event` and returns once it lies on the disk.
  ///
  /// @throws RedoubtException UNWRITABLE if it could not be written: what it announces is then not
  ///   done
  public void append(AgentEvent event) {
    keepPictures(event);
    Node.Obj whole = EventJson.of(event);
    Node.Obj payload = blobs.reduced(whole, LONGEST_INLINE);
    if (CanonicalJson.of(payload).length > ROOM) {
      payload = blobs.reduced(whole, LONGEST_IN_A_CROWD);
    }
    head = evidence.append(new Event(EventJson.type(event), ACTOR, payload)).hash();
  }

  /// Returns the hash of the last event that was written by this process; empty when none was.
  public String head() {
    return head;
  }

  private void keepPictures(AgentEvent event) {
    List<Message.Seen> content =
        switch (event) {
          case AgentEvent.Prompted prompted -> prompted.content();
          case AgentEvent.Returned returned -> returned.result().content();
          case AgentEvent.Opened _,
              AgentEvent.Asked _,
              AgentEvent.Growing _,
              AgentEvent.Answered _,
              AgentEvent.Unanswered _,
              AgentEvent.Decided _,
              AgentEvent.Approved _,
              AgentEvent.Hooked _,
              AgentEvent.Noted _,
              AgentEvent.Named _,
              AgentEvent.Titled _,
              AgentEvent.Compacted _,
              AgentEvent.Forked _,
              AgentEvent.Ended _ ->
              List.of();
        };
    for (Message.Seen part : content) {
      if (part instanceof Message.Image(String _, var bytes)) {
        blobs.keep(bytes);
      }
    }
  }

  /// Returns where the gate writes its decisions about the actions of `call`.
  public EvidenceDecisionLog decisions(String call) {
    return call.isEmpty() ? decisions : decisions.about(call);
  }

  /// Returns what is kept beside the log.
  public Blobs blobs() {
    return blobs;
  }

  @Override
  public void close() {
    try (lock) {
      evidence.close();
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE, "cannot let go of the session %s".formatted(id), e);
    }
  }

  private static RedoubtException unwritable(
      SessionFolder sessions, SessionId session, IOException e) {
    return new RedoubtException(
        ErrorCode.UNWRITABLE,
        "cannot write to \"%s\": %s".formatted(sessions.of(session), RedoubtException.reason(e)),
        e);
  }
}
