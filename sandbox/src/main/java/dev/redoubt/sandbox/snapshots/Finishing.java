// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.files.GuardedChanges;
import dev.redoubt.sandbox.snapshots.TurnRecord.End;
import dev.redoubt.sandbox.snapshots.Untouched.Why;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Does what a journal says, however much of it was done before.
///
/// A step is done when its path is as expected, skipped when it is as wanted already, and otherwise
/// left alone: somebody changed it meanwhile. The turn ends with a recorded state, and then the
/// journal goes.
final class Finishing {

  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };
  private static final int OWNER = 0700;

  /// How it went.
  record Finished(TurnRecord turn, List<Untouched> untouched) {}

  private final Session session;
  private final Map<String, Untouched> untouched = new TreeMap<>();

  Finishing(Session session) {
    this.session = session;
  }

  /// Finishes what was cut off and returns what to tell about it.
  String finish(Journal journal) throws IOException {
    TurnRecord turn = journal.turn();
    TurnRecord known = session.turns().turn(turn.number()).orElse(null);
    if (known != null && !known.isOpen()) {
      Journal.remove(session.folder());
      return "turn %d (%s) was cut off after its last change".formatted(turn.number(), turn.what());
    }
    run(journal);
    StringBuilder note = new StringBuilder();
    note.append(
        "turn %d (%s) was cut off and is finished now".formatted(turn.number(), turn.what()));
    untouched
        .values()
        .forEach(
            left -> note.append("; \"%s\" was left: %s".formatted(left.path(), left.reason())));
    return note.toString();
  }

  /// Does the steps and ends the turn.
  Finished run(Journal journal) throws IOException {
    if (session.turns().turn(journal.turn().number()).isEmpty()) {
      session.turns().began(journal.turn());
    }
    try (PackWriter scratch = new PackWriter(session.packs());
        Walk walk = session.look(scratch);
        GuardedChanges changes =
            GuardedChanges.below(session.folder().workspace(), journal.staging())) {
      new Pass(walk, changes).all(journal.steps());
    }
    End end = untouched.isEmpty() ? journal.end() : End.IN_PART;
    TurnRecord ended = session.end(journal.turn(), session.snapshot(), end);
    Journal.remove(session.folder());
    return new Finished(ended, List.copyOf(untouched.values()));
  }

  /* One pass over the steps, in the order in which they do not get into each other's way. */
  private final class Pass {
    private final Walk walk;
    private final GuardedChanges changes;

    Pass(Walk walk, GuardedChanges changes) {
      this.walk = walk;
      this.changes = changes;
    }

    void all(List<Step> steps) throws IOException {
      for (Step step : steps) {
        if (isFolder(step.expected()) && wantsOpen(step.wanted())) {
          one(step, this::mode);
        }
      }
      for (Step step : steps.reversed()) {
        boolean retyped = isFolder(step.expected()) != isFolder(step.wanted());
        if (step.expected() != null && (step.wanted() == null || retyped)) {
          one(new Step(step.path(), step.expected(), null), this::delete);
        }
      }
      for (Step step : steps) {
        if (isFolder(step.wanted()) && !isFolder(step.expected())) {
          one(new Step(step.path(), null, step.wanted()), this::create);
        }
      }
      for (Step step : steps) {
        if (step.wanted() != null && !isFolder(step.wanted())) {
          Entry there = isFolder(step.expected()) ? null : step.expected();
          one(new Step(step.path(), there, step.wanted()), this::put);
        }
      }
      for (Step step : steps.reversed()) {
        if (isFolder(step.wanted())) {
          one(step, this::mode);
        }
      }
      for (Step step : steps) {
        forgive(step);
      }
    }

    /* What a crash left half done looks changed to one pass and is as wanted after the next. */
    private void forgive(Step step) throws IOException {
      if (untouched.containsKey(step.path()) && Entry.same(walk.at(step.path()), step.wanted())) {
        untouched.remove(step.path());
      }
    }

    private void one(Step step, Change change) throws IOException {
      Path real = Names.below(session.folder().workspace(), step.path());
      try {
        Entry there = walk.at(step.path());
        boolean folders = isFolder(there) && isFolder(step.wanted());
        if (Entry.same(there, step.wanted())) {
          return;
        }
        if (!folders && !Entry.same(there, step.expected())) {
          leave(step, "it was changed in the meantime");
          return;
        }
        session.folder().steps().before("change " + step.path());
        change.make(step, real);
      } catch (StoreFailure e) {
        throw e;
      } catch (IOException e) {
        leave(step, RedoubtException.reason(e));
      }
    }

    private void leave(Step step, String reason) {
      untouched.putIfAbsent(
          step.path(), new Untouched(Names.shown(step.path()), Why.FAILED, reason));
    }

    private void mode(Step step, Path real) throws IOException {
      if (step.wanted() instanceof Entry.Folder(_, int mode)) {
        changes.setPermissions(real, permissions(mode));
      }
    }

    private void delete(Step step, Path real) throws IOException {
      if (isFolder(step.expected())) {
        changes.deleteFolder(real);
      } else {
        changes.deleteFile(real);
      }
    }

    private void create(Step step, Path real) throws IOException {
      changes.createFolder(real);
      if (wantsOpen(step.wanted())) {
        mode(step, real);
      }
    }

    private void put(Step step, Path real) throws IOException {
      switch (step.wanted()) {
        case Entry.File file -> {
          // Build tools look at times: only what was deleted gets its old one back.
          FileTime time =
              step.expected() == null && file.modified() != 0
                  ? FileTime.from(file.modified(), TimeUnit.NANOSECONDS)
                  : null;
          changes.putFile(
              real,
              out -> session.packs().copy(file.content(), out),
              permissions(file.mode()),
              time);
        }
        case Entry.Link(String target) -> changes.putLink(real, Names.path(target));
        case Entry.Folder _, Entry.LeftOut _ ->
            throw new IllegalStateException("no file or link is wanted");
        case null -> throw new IllegalStateException("nothing is wanted");
      }
    }
  }

  private interface Change {
    void make(Step step, Path real) throws IOException;
  }

  private static boolean isFolder(@Nullable Entry entry) {
    return entry instanceof Entry.Folder;
  }

  private static boolean wantsOpen(@Nullable Entry entry) {
    return entry instanceof Entry.Folder(_, int mode) && (mode & OWNER) == OWNER;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < BITS.length; bit++) {
      if ((mode >> bit & 1) == 1) {
        permissions.add(BITS[bit]);
      }
    }
    return permissions;
  }
}
