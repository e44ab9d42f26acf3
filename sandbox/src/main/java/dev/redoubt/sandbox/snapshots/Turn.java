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
/// From [#beforeWrite()] until [#end()] no other turn of the same workspace can be recorded and
/// nothing be undone. When the program is killed in between, the next start ends the turn with the
/// workspace as it is then. For one thread.
public final class Turn implements AutoCloseable {

  private final TurnRecorder recorder;
  private final String what;
  private List<String> notes = List.of();
  private @Nullable Session session;
  private @Nullable TurnRecord turn;
  private boolean over;

  Turn(TurnRecorder recorder, String what) {
    this.recorder = recorder;
    this.what = what;
  }

  /// Records the state of the workspace, the first time it is called. Call it before a file is
  /// written and before a command starts that may write.
  ///
  /// @throws dev.redoubt.model.RedoubtException if the workspace is in use by another turn or the
  ///   state cannot be recorded: then do not write
  public void beforeWrite() {
    if (over) {
      throw new IllegalStateException("the turn is over");
    }
    if (session != null) {
      return;
    }
    try {
      begin();
    } catch (IOException e) {
      throw recorder.failure("cannot record the workspace", e);
    }
  }

  @SuppressWarnings("MustBeClosedChecker")
  private void begin() throws IOException {
    Session opened = recorder.session(what);
    try {
      State before = opened.snapshot();
      TurnRecord began =
          new TurnRecord(
              opened.turns().next(),
              Kind.TURN,
              opened.now(),
              what,
              new Span(before.tree().hex(), before.tree().hex(), End.OPEN, 0),
              List.of());
      opened.turns().began(began);
      notes = opened.notes();
      turn = began;
      session = opened;
    } catch (IOException | RuntimeException | Error e) {
      opened.close();
      throw e;
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
    Session open = session;
    TurnRecord began = turn;
    session = null;
    if (open == null || began == null) {
      return Optional.empty();
    }
    try (open) {
      TurnRecord ended = open.end(began, open.snapshot(), End.ENDED);
      open.forgetOld();
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
