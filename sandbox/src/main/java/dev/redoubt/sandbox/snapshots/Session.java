// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.snapshots.TurnRecord.End;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One store, locked by us. Opening it first finishes what a crash left undone.
final class Session implements Closeable {

  /* Another one records a state or takes turns back; both end by themselves. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final StoreFolder folder;
  private final SnapshotLimits limits;
  private final Clock clock;
  private final StoreLock lock;
  private final Packs packs;
  private final TurnList turns;
  private final List<String> notes = new ArrayList<>();
  private final List<String> running = new ArrayList<>();
  private @Nullable StatIndex index;

  private Session(
      StoreFolder folder, SnapshotLimits limits, Clock clock, StoreLock lock, Packs packs)
      throws IOException {
    this.folder = folder;
    this.limits = limits;
    this.clock = clock;
    this.lock = lock;
    this.packs = packs;
    turns = TurnList.read(folder);
  }

  /// Opens a store, creating it when there is none.
  ///
  /// @param what is going to be done, for others who find the store locked
  /// @throws RedoubtException if somebody else has it open
  @SuppressWarnings("MustBeClosedChecker")
  static Session open(StoreFolder folder, SnapshotLimits limits, Clock clock, String what)
      throws IOException {
    folder.create();
    StoreLock lock = StoreLock.take(folder, what, PATIENCE);
    Session session = null;
    try {
      removeUnfinished(folder.path());
      removeUnfinished(folder.packs());
      nameWorkspace(folder);
      session = new Session(folder, limits, clock, lock, Packs.open(folder));
      session.recover();
      return session;
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static void removeUnfinished(Path at) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(at, "*.new")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /* For people who look into the data folder; nothing reads it. */
  private static void nameWorkspace(StoreFolder folder) throws IOException {
    if (Files.notExists(folder.file("workspace"))) {
      String path = Names.ofTarget(folder.workspace()) + "\n";
      folder.replace("workspace", path.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void recover() throws IOException {
    Journal journal = Journal.read(folder);
    if (journal != null) {
      notes.add(new Finishing(this).finish(journal));
    }
    for (TurnRecord turn : turns.all()) {
      if (turn.isOpen()) {
        endIfKilled(turn);
      }
    }
  }

  /* Whoever records a turn holds its file until the turn is over. */
  private void endIfKilled(TurnRecord turn) throws IOException {
    Path file = turnFile(turn.number());
    try (StoreLock dead = StoreLock.tryTake(file, "recovery")) {
      if (dead == null) {
        running.add("turn %d of %s".formatted(turn.number(), StoreLock.holder(file)));
        return;
      }
      end(turn, snapshot(), End.CUT_OFF);
      notes.add(
          "turn %d (%s) was cut off: the workspace as it is now counts as its end"
              .formatted(turn.number(), turn.what()));
      Files.deleteIfExists(file);
    }
  }

  private Path turnFile(int number) {
    return folder.file("turn-" + number);
  }

  /// Marks turn `number` as running until the returned lock is closed.
  StoreLock running(int number, String what) throws IOException {
    StoreLock lock = StoreLock.tryTake(turnFile(number), what);
    if (lock == null) {
      throw new IOException("turn %d is recorded by somebody else".formatted(number));
    }
    return lock;
  }

  /// Says that turn `number` is over.
  void over(int number) throws IOException {
    Files.deleteIfExists(turnFile(number));
  }

  /// Returns the turns that others are recording, in words.
  List<String> running() {
    return List.copyOf(running);
  }

  StoreFolder folder() {
    return folder;
  }

  SnapshotLimits limits() {
    return limits;
  }

  Packs packs() {
    return packs;
  }

  TurnList turns() {
    return turns;
  }

  /// Returns what a person should know about what was found when the store was opened.
  List<String> notes() {
    return List.copyOf(notes);
  }

  Instant now() {
    return clock.instant();
  }

  /// Records what the workspace looks like now.
  State snapshot() throws IOException {
    checkWorkspace();
    StatIndex known = index == null ? StatIndex.read(folder) : index;
    Instant now = clock.instant();
    long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    try (PackWriter pack = new PackWriter(packs);
        Walk walk = new Walk(folder, limits.state(), known, pack)) {
      State state = walk.state();
      pack.commit();
      StatIndex next = known.next(walk.seen(), nanos);
      next.write(folder);
      index = next;
      return state;
    }
  }

  /// Opens a look at single paths; what is read goes into `pack`.
  Walk look(PackWriter pack) throws IOException {
    StatIndex known = index == null ? StatIndex.read(folder) : index;
    return new Walk(folder, limits.state(), known, pack);
  }

  /* The real path of the workspace was taken when the store was named. */
  private void checkWorkspace() throws IOException {
    Path workspace = folder.workspace();
    if (!Files.isDirectory(workspace, LinkOption.NOFOLLOW_LINKS)
        || !workspace.toRealPath().equals(workspace)) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "the workspace \"%s\" is not the folder it was: a link or something else is in its place"
              .formatted(workspace));
    }
  }

  /// Writes down that `turn` ended with `after`.
  TurnRecord end(TurnRecord turn, State after, End end) throws IOException {
    int changed = Differences.between(packs, turn.span().beforeTree(), after.tree()).size();
    TurnRecord ended = turn.ended(after.tree(), end, changed);
    turns.ended(ended);
    return ended;
  }

  /// Forgets turns that are over the limits.
  void forgetOld() throws IOException {
    new OldTurns(this).forget();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
