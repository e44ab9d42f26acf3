// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.snapshots.Differences.Change;
import dev.redoubt.sandbox.snapshots.Undo.OnConflict;
import dev.redoubt.sandbox.snapshots.Untouched.Why;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.staging.Upper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What is staged of one workspace, compared with it.
///
/// Whoever lets something write into the [StagingArea] calls [#begin] before and [#end] after, so
/// that it is known what was staged over. When the second call is missing, because the program was
/// killed, the next one makes up for it.
public final class StagedWrites {

  private final StagingArea area;
  private final Undo undo;

  private StagedWrites(StagingArea area, Undo undo) {
    this.area = requireNonNull(area, "area");
    this.undo = requireNonNull(undo, "undo");
  }

  /// Returns the ones of a workspace, as [TurnRecorder#open] takes it; nothing is created.
  ///
  /// @param workspace a real path
  public static StagedWrites of(Path dataDir, Path workspace, SnapshotLimits limits, Clock clock) {
    return new StagedWrites(
        StagingArea.of(dataDir, workspace), Undo.of(dataDir, workspace, limits, clock));
  }

  /// Returns where they lie.
  public StagingArea area() {
    return area;
  }

  /// Records the workspace as what is staged over from now on. The caller holds the area.
  ///
  /// @throws RedoubtException if it cannot be recorded: then stage nothing
  public void begin(String what) {
    undo.alongside(
        what,
        session -> {
          // What is in the workspace by now, after an apply that was killed, hides it no longer.
          if (isThere()) {
            prune(area.upper(), "", look(session));
          }
          StagedTable settled = settled(session);
          State now = session.snapshot();
          settled.awaiting(now.tree()).write(session.folder());
          return true;
        });
  }

  /// Ends what [#begin] began. The caller holds the area.
  ///
  /// @return how many paths are staged now
  public int end(String what) {
    return undo.alongside(
        what,
        session -> {
          settled(session).write(session.folder());
          return look(session).size();
        });
  }

  private StagedTable settled(Session session) throws IOException {
    StagedTable table = StagedTable.read(session.folder());
    if (!isThere()) {
      return new StagedTable(Optional.empty(), new TreeMap<>());
    }
    try (PackWriter scratch = new PackWriter(session.packs());
        StagedLook look = new StagedLook(session, table, scratch, area.upper())) {
      return look.settled();
    }
  }

  private boolean isThere() {
    return Files.isDirectory(area.upper(), LinkOption.NOFOLLOW_LINKS);
  }

  /* What is staged and not there already, its contents in the store. */
  private NavigableMap<String, Change> look(Session session) throws IOException {
    if (!isThere()) {
      return new TreeMap<>();
    }
    StagedTable table = settled(session);
    NavigableMap<String, Change> changes;
    try (PackWriter pack = new PackWriter(session.packs());
        StagedLook look = new StagedLook(session, table, pack, area.upper())) {
      changes = look.changes();
      pack.commit();
    }
    State now = session.snapshot();
    changes
        .entrySet()
        .removeIf(staged ->
            !(staged.getValue().before() instanceof Entry.LeftOut)
                && Entry.same(staged.getValue().before(), now.at(staged.getKey())));
    return changes;
  }

  /// Returns what is staged, sorted by path.
  public List<StagedChange> list() {
    if (!isThere()) {
      return List.of();
    }
    return undo.alongside(
        "staged",
        session -> {
          NavigableMap<String, Change> changes = look(session);
          NavigableMap<String, Untouched> obstacles = new TreeMap<>();
          try (PackWriter scratch = new PackWriter(session.packs())) {
            UndoPlan plan =
                new UndoPlan(session.packs(), scratch, session.snapshot(), OnConflict.LEAVE);
            plan.takeBack(List.of(changes));
            plan.steps();
            plan.untouched().forEach(left -> obstacles.put(left.path(), inWords(left)));
          }
          List<StagedChange> listed = new ArrayList<>();
          changes.forEach((path, change) ->
              listed.add(
                  StagedChange.of(
                      path, change, Optional.ofNullable(obstacles.get(Names.shown(path))))));
          return listed;
        });
  }

  /// Returns what staging changed, as unified diffs against what it was staged over.
  ///
  /// @param only the paths, folders with everything in them; all when empty
  /// @throws RedoubtException USAGE if nothing is staged at one of them
  public List<FileDiff> diff(List<Path> only) {
    if (!isThere()) {
      return none(only);
    }
    return undo.alongside(
        "staged diff",
        session -> {
          NavigableMap<String, Change> forward = new TreeMap<>();
          selected(look(session), only)
              .forEach((path, change) -> forward.put(path, change.reversed()));
          return FileDiff.of(session.packs(), forward);
        });
  }

  private <T> List<T> none(List<Path> only) {
    if (!only.isEmpty()) {
      throw nothingAt(only.getFirst());
    }
    return List.of();
  }

  private static RedoubtException nothingAt(Path path) {
    return new RedoubtException(
        ErrorCode.USAGE, "nothing is staged at \"%s\"; redoubt staged lists it".formatted(path));
  }

  private NavigableMap<String, Change> selected(NavigableMap<String, Change> all, List<Path> only) {
    if (only.isEmpty()) {
      return all;
    }
    NavigableMap<String, Change> selected = new TreeMap<>();
    for (Path path : only) {
      String name = undo.named(path);
      int before = selected.size();
      all.forEach((staged, change) -> {
        if (Undo.isAtOrBelow(staged, name)) {
          selected.put(staged, change);
        }
      });
      if (selected.size() == before) {
        throw nothingAt(path);
      }
    }
    return selected;
  }

  /// Opens what is staged to be applied. The caller closes it.
  ///
  /// @param only the paths, folders with everything in them; all when empty. Folders that have to
  ///   be made for them come with them
  /// @throws RedoubtException USAGE if nothing is staged at one of them, UNWRITABLE if something is
  ///   being staged
  public StagedApply apply(List<Path> only) throws IOException {
    StagingArea.Held held = area.hold("staged apply");
    try {
      return undo.alongside(
          "staged apply",
          session -> {
            NavigableMap<String, Change> all = look(session);
            NavigableMap<String, Change> selected = new TreeMap<>(selected(all, only));
            StagedFolders.addNeeded(selected, all);
            return new StagedApply(this, held, selected, session.packs());
          });
    } catch (RuntimeException | Error e) {
      held.close();
      throw e;
    }
  }

  /* Applies those of `judged` that are staged as they were when they were judged. */
  UndoOutcome write(String what, NavigableMap<String, Change> judged) {
    return undo.locked(
        "apply",
        session -> {
          NavigableMap<String, Change> all = look(session);
          NavigableMap<String, Change> permitted = new TreeMap<>(judged);
          permitted
              .entrySet()
              .removeIf(change -> !change.getValue().equals(all.get(change.getKey())));
          List<Untouched> without = StagedFolders.takeOutWithoutFolder(permitted, all);
          UndoOutcome outcome =
              StagedFolders.with(inWords(undo.apply(session, what, permitted)), without);
          for (Untouched left : untouched(outcome)) {
            permitted.keySet().removeIf(path -> Names.shown(path).equals(left.path()));
          }
          all.keySet().removeAll(permitted.keySet());
          prune(area.upper(), "", all);
          settled(session).write(session.folder());
          return outcome;
        });
  }

  private static List<Untouched> untouched(UndoOutcome outcome) {
    return switch (outcome) {
      case UndoOutcome.Done done -> done.untouched();
      case UndoOutcome.Blocked(List<Untouched> untouched, _) -> untouched;
      case UndoOutcome.Nothing _ -> List.of();
    };
  }

  private static UndoOutcome inWords(UndoOutcome outcome) {
    return switch (outcome) {
      case UndoOutcome.Done(var turn, var changed, var untouched, var notes) ->
          new UndoOutcome.Done(
              turn, changed, untouched.stream().map(StagedWrites::inWords).toList(), notes);
      case UndoOutcome.Blocked(var untouched, var notes) ->
          new UndoOutcome.Blocked(untouched.stream().map(StagedWrites::inWords).toList(), notes);
      case UndoOutcome.Nothing nothing -> nothing;
    };
  }

  private static Untouched inWords(Untouched left) {
    String reason =
        switch (left.why()) {
          case CONFLICT ->
              "the workspace changed since it was staged, in the same place or in a way that cannot"
                  + " be merged";
          case NOT_EMPTY -> "the folder holds something that was not there when it was staged";
          case LEFT_OUT, FAILED -> left.reason();
        };
    return new Untouched(
        left.path(), left.why() == Why.NOT_EMPTY ? Why.CONFLICT : left.why(), reason);
  }

  /* Takes out of the upper layer whatever has nothing left at or below it. */
  private static void prune(Path at, String path, NavigableMap<String, Change> left)
      throws IOException {
    for (Path child : Upper.children(at)) {
      String name = Names.join(path, Names.of(child));
      boolean needed = left.containsKey(name) || !left.subMap(name + "/", name + "0").isEmpty();
      if (!needed) {
        Upper.deleteAll(child);
      } else if (isOpenFolder(child)) {
        prune(child, name, left);
      }
    }
  }

  /* One that is closed to its owner is left as it is. */
  private static boolean isOpenFolder(Path path) {
    try {
      return Upper.kind(path) == Upper.Kind.FOLDER && Files.isReadable(path);
    } catch (IOException e) {
      return false;
    }
  }

  /// Forgets what is staged; the workspace stays as it is.
  ///
  /// @param only the paths, folders with everything in them; all when empty
  /// @return what was forgotten, sorted by path
  /// @throws RedoubtException USAGE if nothing is staged at one of them, UNWRITABLE if something is
  ///   being staged
  public List<StagedChange> discard(List<Path> only) throws IOException {
    if (!isThere()) {
      return none(only);
    }
    try (StagingArea.Held _ = area.hold("staged discard")) {
      return undo.alongside(
          "staged discard",
          session -> {
            NavigableMap<String, Change> all = look(session);
            NavigableMap<String, Change> selected = selected(all, only);
            List<StagedChange> forgotten = new ArrayList<>();
            selected.forEach(
                (path, change) -> forgotten.add(StagedChange.of(path, change, Optional.empty())));
            StagedTable table = settled(session);
            if (only.isEmpty()) {
              all.clear();
            } else {
              all.keySet().removeAll(List.copyOf(selected.keySet()));
              StagedReveal reveal = new StagedReveal(area, session.packs(), table);
              for (Path path : only) {
                table = reveal.at(undo.named(path));
              }
            }
            prune(area.upper(), "", all);
            table.write(session.folder());
            settled(session).write(session.folder());
            return forgotten;
          });
    }
  }
}
