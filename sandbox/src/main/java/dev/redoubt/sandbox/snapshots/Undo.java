// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.snapshots.Differences.Change;
import dev.redoubt.sandbox.snapshots.TurnRecord.End;
import dev.redoubt.sandbox.snapshots.TurnRecord.Kind;
import dev.redoubt.sandbox.snapshots.TurnRecord.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;

/// Takes turns of one workspace back, and brings them again.
///
/// Only paths that the turns changed are touched, and of those only what nobody changed since or
/// what can be merged. Commits, index and branches of a repository are never touched. Going back is
/// a turn itself: its own state before is recorded, so nothing is lost by it. What a crash cut off
/// is finished first. Instances hold nothing open; the workspace is locked during each call that
/// changes it.
public final class Undo {

  /// What to do where a file was changed since in a way that cannot be merged.
  public enum OnConflict {
    /// Leave it as it is and say so.
    LEAVE,
    /// Bring back the state of the turn; what is there now comes again with a redo.
    OVERWRITE
  }

  private final StoreFolder folder;
  private final SnapshotLimits limits;
  private final Clock clock;

  private Undo(StoreFolder folder, SnapshotLimits limits, Clock clock) {
    this.folder = folder;
    this.limits = limits;
    this.clock = clock;
  }

  /// Returns the workspace, a real path.
  public Path workspace() {
    return folder.workspace();
  }

  /// Returns the turns of one workspace, as [TurnRecorder#open] takes it.
  public static Undo of(Path dataDir, Path workspace, SnapshotLimits limits, Clock clock) {
    return of(StoreFolder.of(dataDir, workspace, Steps.ALL), limits, clock);
  }

  static Undo of(StoreFolder folder, SnapshotLimits limits, Clock clock) {
    return new Undo(folder, requireNonNull(limits, "limits"), requireNonNull(clock, "clock"));
  }

  /// Returns the turns, oldest first. Only looks.
  public List<TurnRecord> turns() {
    return read().all();
  }

  /// Returns the numbers of the turns that are undone. Only looks.
  public List<Integer> undone() {
    return new History(turns()).undone();
  }

  private TurnList read() {
    try {
      return TurnList.read(folder);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /// Takes back the last turn that changed something, or `first` and all after it. Turns that were
  /// taken back in part, because of a conflict or a failure, are gone on with together.
  ///
  /// @throws RedoubtException if `first` is not there or undone already, the workspace is in use,
  ///   or it cannot be written
  public UndoOutcome undo(OptionalInt first, OnConflict onConflict) {
    return locked("undo", session -> undo(session, first, onConflict));
  }

  private UndoOutcome undo(Session session, OptionalInt first, OnConflict onConflict)
      throws IOException {
    History history = new History(session.turns().all());
    Optional<TurnRecord> latest = history.latest();
    if (first.isEmpty() && latest.isEmpty()) {
      return new UndoOutcome.Nothing("there is no turn to undo", session.notes());
    }
    int named = first.isPresent() ? first.getAsInt() : latest.orElseThrow().number();
    if (!history.canUndo(named)) {
      throw noSuch(session, history, named);
    }
    int from = history.start(named);
    List<TurnRecord> turns = history.from(from);
    if (turns.isEmpty()) {
      return new UndoOutcome.Nothing(
          "turn %d and those after it changed nothing".formatted(from), session.notes());
    }
    List<NavigableMap<String, Change>> changes = new ArrayList<>();
    for (TurnRecord turn : turns) {
      changes.add(
          Differences.between(session.packs(), turn.span().beforeTree(), turn.span().afterTree()));
    }
    List<Integer> numbers = turns.stream().map(TurnRecord::number).sorted().toList();
    return write(session, Kind.UNDO, "undo of " + named(turns), numbers, changes, onConflict);
  }

  private static String named(List<TurnRecord> turns) {
    TurnRecord last = turns.getFirst();
    return turns.size() == 1
        ? "turn %d (%s)".formatted(last.number(), last.what())
        : "turns %d to %d".formatted(turns.getLast().number(), last.number());
  }

  private static RedoubtException noSuch(Session session, History history, int number) {
    String why =
        history.isUndone(number)
            ? "turn %d is undone already"
            : session.turns().turn(number).isPresent()
                ? "turn %d was an undo itself; redoubt redo takes it back"
                : "there is no turn %d";
    return new RedoubtException(
        ErrorCode.USAGE, (why + " (redoubt undo --list shows the turns)").formatted(number));
  }

  /// Takes back the last undo, unless a turn changed something after it. What was taken back in
  /// part can be gone on with.
  public UndoOutcome redo(OnConflict onConflict) {
    return locked("redo", session -> redo(session, onConflict));
  }

  private UndoOutcome redo(Session session, OnConflict onConflict) throws IOException {
    Optional<TurnRecord> undo = new History(session.turns().all()).latestUndo();
    if (undo.isEmpty()) {
      return new UndoOutcome.Nothing("there is no undo to take back", session.notes());
    }
    Span span = undo.get().span();
    return write(
        session,
        Kind.REDO,
        "redo of turn %d".formatted(undo.get().number()),
        undo.get().of(),
        List.of(Differences.between(session.packs(), span.beforeTree(), span.afterTree())),
        onConflict);
  }

  /// Brings back a file or a folder as it was before a turn. What lies in the folder and was not
  /// there then stays.
  ///
  /// @param path of it, below the workspace
  /// @param turn the turn; when empty the last one that changed the path
  public UndoOutcome restore(Path path, OptionalInt turn) {
    String name = named(path);
    return locked("restore", session -> restore(session, name, turn));
  }

  /// Returns `path` as states name it.
  ///
  /// @throws RedoubtException if it is not below the workspace
  String named(Path path) {
    Path lexical = path.toAbsolutePath().normalize();
    Path parent = lexical.getParent();
    Path real = lexical;
    try {
      // The folder may be named through a link; the file itself may be gone, or be a link.
      real = parent == null ? lexical : parent.toRealPath().resolve(lexical.getFileName());
    } catch (IOException e) {
      // The folder is gone as well, then the path counts as written.
    }
    if (!real.startsWith(folder.workspace()) || real.equals(folder.workspace())) {
      throw new RedoubtException(
          ErrorCode.USAGE,
          "\"%s\" is not below the workspace \"%s\"".formatted(path, folder.workspace()));
    }
    String name = "";
    for (Path part : folder.workspace().relativize(real)) {
      name = Names.join(name, Names.of(part));
    }
    return name;
  }

  private UndoOutcome restore(Session session, String name, OptionalInt number) throws IOException {
    State now = session.snapshot();
    TurnRecord turn = null;
    for (TurnRecord candidate : session.turns().all().reversed()) {
      boolean right =
          number.isPresent()
              ? candidate.number() == number.getAsInt()
              : touches(session, candidate, name);
      if (right) {
        turn = candidate;
        break;
      }
    }
    if (turn == null) {
      throw new RedoubtException(
          ErrorCode.USAGE,
          number.isPresent()
              ? "there is no turn %d".formatted(number.getAsInt())
              : "no turn changed \"%s\"".formatted(Names.shown(name)));
    }
    NavigableMap<String, Change> changes = new TreeMap<>();
    for (Map.Entry<String, Change> change :
        Differences.between(session.packs(), turn.span().beforeTree(), now.tree()).entrySet()) {
      boolean wanted = change.getValue().before() != null;
      if (wanted && isAtOrBelow(change.getKey(), name)) {
        changes.put(change.getKey(), change.getValue());
      }
    }
    if (changes.isEmpty()) {
      return new UndoOutcome.Nothing(
          "\"%s\" is as it was before turn %d".formatted(Names.shown(name), turn.number()),
          session.notes());
    }
    String what = "restore of %s from before turn %d".formatted(Names.shown(name), turn.number());
    return write(
        session, Kind.RESTORE, what, List.of(turn.number()), List.of(changes), OnConflict.LEAVE);
  }

  private static boolean touches(Session session, TurnRecord turn, String name) throws IOException {
    return Differences.between(session.packs(), turn.span().beforeTree(), turn.span().afterTree())
        .entrySet()
        .stream()
        .anyMatch(
            change -> isAtOrBelow(change.getKey(), name) && change.getValue().before() != null);
  }

  static boolean isAtOrBelow(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  /// Brings the workspace to what is staged, as a turn.
  ///
  /// @param changes what is wished as before, what it was staged over as after
  UndoOutcome apply(Session session, String what, NavigableMap<String, Change> changes)
      throws IOException {
    return write(session, Kind.TURN, what, List.of(), List.of(changes), OnConflict.LEAVE);
  }

  private UndoOutcome write(
      Session session,
      Kind kind,
      String what,
      List<Integer> of,
      List<NavigableMap<String, Change>> changes,
      OnConflict onConflict)
      throws IOException {
    State now = session.snapshot();
    List<Step> steps;
    List<Untouched> untouched;
    try (PackWriter pack = new PackWriter(session.packs())) {
      UndoPlan plan = new UndoPlan(session.packs(), pack, now, onConflict);
      plan.takeBack(changes);
      steps = plan.steps();
      untouched = plan.untouched();
      pack.commit();
    }
    if (steps.isEmpty() && !untouched.isEmpty()) {
      return new UndoOutcome.Blocked(untouched, session.notes());
    }
    String tree = now.tree().hex();
    TurnRecord turn =
        new TurnRecord(
            session.turns().next(),
            kind,
            session.now(),
            what,
            new Span(tree, tree, End.OPEN, 0),
            of);
    End end = UndoOutcome.isAll(untouched) ? End.ENDED : End.IN_PART;
    Journal journal = new Journal(turn, ".redoubt-" + UUID.randomUUID(), steps, end);
    journal.write(session.folder());
    Finishing.Finished finished = new Finishing(session).run(journal);
    List<Untouched> all = new ArrayList<>(untouched);
    all.addAll(finished.untouched());
    Span span = finished.turn().span();
    session.forgetOld();
    if (span.changed() == 0 && span.end() == End.IN_PART) {
      return new UndoOutcome.Blocked(all, session.notes());
    }
    return new UndoOutcome.Done(
        finished.turn(),
        listed(Differences.between(session.packs(), span.beforeTree(), span.afterTree())),
        all,
        session.notes());
  }

  private static List<PathChange> listed(NavigableMap<String, Change> changes) {
    List<PathChange> listed = new ArrayList<>();
    changes.forEach((path, change) -> listed.add(PathChange.of(path, change)));
    return listed;
  }

  /// Returns the paths that a turn changed, sorted. Only looks.
  public List<PathChange> changes(int turn) {
    return looked(turn, (packs, changes) -> listed(changes));
  }

  /// Returns what a turn changed as a unified diff in UTF-8. Only looks.
  public List<FileDiff> diff(int turn) {
    return looked(turn, FileDiff::of);
  }

  private <T> T looked(int number, Look<T> look) {
    try {
      TurnRecord turn =
          TurnList.read(folder)
              .turn(number)
              .orElseThrow(() ->
                  new RedoubtException(ErrorCode.USAGE, "there is no turn %d".formatted(number)));
      Packs packs = Packs.open(folder);
      return look.at(
          packs, Differences.between(packs, turn.span().beforeTree(), turn.span().afterTree()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private interface Look<T> {
    T at(Packs packs, NavigableMap<String, Change> changes) throws IOException;
  }

  /// What is done while the store is locked.
  interface Work<T> {
    /// Returns what came of it.
    T in(Session session) throws IOException;
  }

  /// Returns what came of `work`, done while nothing else changes the workspace by a turn.
  <T> T locked(String what, Work<T> work) {
    return alongside(
        what,
        session -> {
          if (!session.running().isEmpty()) {
            throw new RedoubtException(
                ErrorCode.UNWRITABLE,
                "cannot %s in \"%s\" while %s runs: try again when it is over"
                    .formatted(what, folder.workspace(), session.running().getFirst()));
          }
          return work.in(session);
        });
  }

  /// Returns what came of `work`, done while the store is locked; turns may be running.
  <T> T alongside(String what, Work<T> work) {
    try (Session session = Session.open(folder, limits, clock, what)) {
      return work.in(session);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot %s in \"%s\": %s: what was begun is finished by the next command"
              .formatted(what, folder.workspace(), RedoubtException.reason(e)),
          e);
    }
  }

  private RedoubtException unreadable(IOException cause) {
    return new RedoubtException(
        ErrorCode.UNREADABLE,
        "cannot read \"%s\": %s".formatted(folder.path(), RedoubtException.reason(cause)),
        cause);
  }
}
