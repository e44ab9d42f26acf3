// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/// One turn of the list.
///
/// @param number counted from 1 in each workspace
/// @param kind what kind of turn it was
/// @param began when the state before it was recorded
/// @param what was done, secrets masked, at most 500 characters
/// @param span the states before and after it
/// @param of the turns that an undo or a redo is about
public record TurnRecord(
    int number, Kind kind, Instant began, String what, Span span, List<Integer> of) {

  /// What kind of turn it was.
  public enum Kind {
    /// Something the agent did.
    TURN,
    /// Turns were taken back.
    UNDO,
    /// An undo was taken back.
    REDO,
    /// Files were brought back by name.
    RESTORE
  }

  /// How a turn ended.
  public enum End {
    /// It goes on, or was cut off and nobody looked since.
    OPEN,
    /// The state after it was recorded.
    ENDED,
    /// The same, of going back or forth that left paths as they are: it can be gone on with.
    IN_PART,
    /// The program was killed; the state was recorded at the next start, so what was changed in
    /// between counts as part of the turn.
    CUT_OFF
  }

  /// The states before and after a turn.
  ///
  /// @param before its name in the store
  /// @param after its name in the store, the one before while the turn is open
  /// @param end how the turn ended
  /// @param changed how many paths differ between the two
  public record Span(String before, String after, End end, int changed) {
    public Span {
      requireNonNull(before, "before");
      requireNonNull(after, "after");
      requireNonNull(end, "end");
    }

    Hash beforeTree() {
      return new Hash(before);
    }

    Hash afterTree() {
      return new Hash(after);
    }
  }

  public TurnRecord {
    requireNonNull(kind, "kind");
    requireNonNull(began, "began");
    requireNonNull(what, "what");
    requireNonNull(span, "span");
    of = List.copyOf(of);
  }

  TurnRecord ended(Hash after, End end, int changed) {
    return new TurnRecord(
        number, kind, began, what, new Span(span.before, after.hex(), end, changed), of);
  }

  boolean isOpen() {
    return span.end == End.OPEN;
  }
}
