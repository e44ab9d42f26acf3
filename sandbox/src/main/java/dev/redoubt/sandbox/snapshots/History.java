// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.sandbox.snapshots.TurnRecord.End;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which turns are done and which are undone, read off the list of turns.
///
/// An undo takes turns from the done ones, a redo puts them back. A turn that changed something
/// makes an end of what could be redone, as in an editor. Turns that an undo took back in part stay
/// done and are from then on taken back together; a redo in part takes no undo back.
final class History {

  private final NavigableMap<Integer, TurnRecord> done = new TreeMap<>();
  private final NavigableMap<Integer, TurnRecord> undone = new TreeMap<>();
  private final NavigableSet<Integer> unchanged = new TreeSet<>();
  private final NavigableMap<Integer, Integer> begun = new TreeMap<>();
  private final List<TurnRecord> undos = new ArrayList<>();

  History(List<TurnRecord> turns) {
    turns.forEach(this::take);
  }

  private void take(TurnRecord turn) {
    switch (turn.kind()) {
      case TURN, RESTORE -> {
        if (turn.span().changed() > 0 || turn.isOpen()) {
          done.put(turn.number(), turn);
          undos.clear();
        } else {
          unchanged.add(turn.number());
        }
      }
      case UNDO -> undo(turn);
      case REDO -> redo(turn);
    }
  }

  private static boolean isInPart(TurnRecord turn) {
    return turn.span().end() == End.IN_PART;
  }

  private void undo(TurnRecord turn) {
    if (!isInPart(turn)) {
      move(turn.of(), done, undone);
      begun.keySet().removeAll(turn.of());
      undos.add(turn);
    } else if (turn.span().changed() > 0) {
      begin(turn);
      undos.add(turn);
    }
  }

  private void begin(TurnRecord undo) {
    List<Integer> left = undo.of().stream().filter(done::containsKey).toList();
    left.forEach(number -> begun.put(number, Collections.min(left)));
  }

  private void redo(TurnRecord turn) {
    if (isInPart(turn)) {
      return;
    }
    move(turn.of(), undone, done);
    begun.keySet().removeAll(turn.of());
    if (!undos.isEmpty()) {
      undos.removeLast();
    }
    if (!undos.isEmpty() && isInPart(undos.getLast())) {
      begin(undos.getLast());
    }
  }

  private static void move(
      List<Integer> numbers,
      NavigableMap<Integer, TurnRecord> from,
      NavigableMap<Integer, TurnRecord> to) {
    for (Integer number : numbers) {
      TurnRecord turn = from.remove(number);
      if (turn != null) {
        to.put(number, turn);
      }
    }
  }

  /// Returns whether it is a turn that was not undone, one that changed nothing included.
  boolean canUndo(int turn) {
    return done.containsKey(turn) || unchanged.contains(turn);
  }

  /// Returns the first of the turns that are taken back with `turn`.
  int start(int turn) {
    return begun.getOrDefault(turn, turn);
  }

  /// Returns the turns from `first` on that can be undone, latest first.
  List<TurnRecord> from(int first) {
    List<TurnRecord> turns = new ArrayList<>(done.tailMap(first, true).values());
    Collections.reverse(turns);
    return turns;
  }

  /// Returns the latest turn that changed something and is not undone.
  Optional<TurnRecord> latest() {
    return done.isEmpty() ? Optional.empty() : Optional.of(done.lastEntry().getValue());
  }

  /// Returns the undo that a redo takes back.
  Optional<TurnRecord> latestUndo() {
    return undos.isEmpty() ? Optional.empty() : Optional.of(undos.getLast());
  }

  boolean isUndone(int turn) {
    return undone.containsKey(turn);
  }

  List<Integer> undone() {
    return List.copyOf(undone.keySet());
  }
}
