// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.sandbox.snapshots.TurnRecord.End;
import dev.redoubt.sandbox.snapshots.TurnRecord.Kind;
import dev.redoubt.sandbox.snapshots.TurnRecord.Span;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One turn being recorded. Costs nothing until something is about to write.
///
/// From [#beforeWrite()] until [#end()] nothing can be undone in the workspace. Other turns can be
/// recorded meanwhile; what changes while several run counts as part of each. When the program is
/// killed in between, the next start ends the turn with the workspace as it is then. For one
/// thread.
public final class Turn implements AutoCloseable {

  private final TurnRecorder recorder;
  private final String what;
  private List<String> notes = List.of();
  private @Nullable StoreLock running;
  private @Nullable TurnRecord turn;
  private boolean over;

  Turn(TurnRecorder recorder, String what) {
    this.recorder = recorder;
    this.what = what;
  }

  /// Records the state of the workspace, the first time it is called. Call it before a file is
  /// written and before a command starts that may write.
  ///
  /// @throws dev.redoubt.model.RedoubtException if the state cannot be recorded: then do not write
  public void beforeWrite() {
    if (over) {
      throw new IllegalStateException("the turn is over");
    }
    if (running != null) {
      return;
    }
    try {
      begin();
    } catch (IOException e) {
      throw recorder.failure("cannot record the workspace", e);
    }
  }

  private void begin() throws IOException {
    try (Session session = recorder.session(what)) {
      State before = session.snapshot();
      TurnRecord began =
          new TurnRecord(
              session.turns().next(),
              Kind.TURN,
              session.now(),
              what,
              new Span(before.tree().hex(), before.tree().hex(), End.OPEN, 0),
              List.of());
      StoreLock held = session.running(began.number(), what);
      try {
        session.turns().began(began);
      } catch (IOException | RuntimeException | Error e) {
        held.close();
        throw e;
      }
      notes = session.notes();
      turn = began;
      running = held;
    }
  }

  /// Returns what was found and repaired when the turn began, for a person; known after
  /// [#beforeWrite()].
  public List<String> notes() {
    return notes;
  }

  /// Records the state after the turn and returns the turn; empty when nothing was about to write.
  /// A second call returns empty.
  ///
  /// @throws dev.redoubt.model.RedoubtException if the state cannot be recorded; the turn then ends
  ///   at the next start
  public Optional<TurnRecord> end() {
    over = true;
    StoreLock held = running;
    TurnRecord began = turn;
    running = null;
    if (held == null || began == null) {
      return Optional.empty();
    }
    try (held;
        Session session = recorder.session(what)) {
      TurnRecord ended = session.end(began, session.snapshot(), End.ENDED);
      session.over(began.number());
      session.forgetOld();
      return Optional.of(ended);
    } catch (IOException e) {
      throw recorder.failure("cannot record the workspace after the turn", e);
    }
  }

  /// Ends the turn unless it was ended.
  @Override
  public void close() {
    end();
  }
}
