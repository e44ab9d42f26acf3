// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.snapshots.SnapshotLimits.Kept;
import dev.redoubt.sandbox.snapshots.SnapshotLimits.State;
import dev.redoubt.sandbox.snapshots.Undo.OnConflict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

  @TempDir private Path folder;
  private Playground here;

  @BeforeEach
  void make() throws IOException {
    here = new Playground(folder);
    here.file("src/a", "a\n").file("README", "read\n");
  }

  private UndoOutcome undo() {
    return here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);
  }

  private long stored() throws IOException {
    try (Stream<Path> packs = Files.list(here.store(Steps.ALL).packs())) {
      return packs.mapToLong(pack -> pack.toFile().length()).sum();
    }
  }

  @Test
  void anObjectOfAnySizeIsReadBack() throws IOException {
    StoreFolder store = here.store(Steps.ALL);
    store.create();
    byte[] large = new byte[(1 << 20) + 77];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) ((i * i) >> 3);
    }
    Packs packs = Packs.open(store);
    Hash hash;
    try (PackWriter writer = new PackWriter(packs)) {
      writer.add(new byte[0]);
      hash =
          writer
              .add(() -> Channels.newChannel(new ByteArrayInputStream(large)), large.length)
              .hash();
      assertThat(
              writer.add(
                  () -> Channels.newChannel(new ByteArrayInputStream(large)), large.length - 1))
          .isNull();
      assertThat(packs.contains(hash)).isFalse();
      writer.commit();
    }
    assertThat(Packs.open(store).read(hash, large.length)).isEqualTo(large);
    assertThat(Packs.open(store).read(Hash.of(new byte[0]), 0)).isEmpty();
    assertThatThrownBy(() -> Packs.open(store).read(hash, 10)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Packs.open(store).read(Hash.of(new byte[1]), 10))
        .hasMessageContaining("is not in the store");
  }

  @Test
  void aPackThatWasNotFinishedIsNotThere() throws Exception {
    here.turn("1", () -> here.file("README", "x"));
    Path packs = here.store(Steps.ALL).packs();
    Files.writeString(packs.resolve("half.new"), "rubbish");
    here.turn("2", () -> {});
    assertThat(packs.resolve("half.new")).doesNotExist();

    try (Stream<Path> all = Files.list(packs)) {
      Path pack = all.findFirst().orElseThrow();
      try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
        file.setLength(file.length() - 3);
      }
    }
    assertThatThrownBy(() -> here.turn("3", () -> {}))
        .isInstanceOf(RedoubtException.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void anUnchangedWorkspaceCostsNoPack() throws Exception {
    here.turn("1", () -> {});
    long first = stored();
    here.turn("2", () -> {});
    assertThat(stored()).isEqualTo(first);
  }

  @Test
  void aFileThatWasChangedWithItsOldTimeIsSeen() throws Exception {
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(here.path("README"), old);
    here.turn("look", () -> {});
    TurnRecord turn =
        here.turn(
            "hide",
            () -> {
              Files.writeString(here.path("README"), "evil\n");
              Files.setLastModifiedTime(here.path("README"), old);
            });

    assertThat(here.undo().changes(turn.number()))
        .containsExactly(new PathChange("README", PathChange.Kind.CHANGED));
    undo();
    assertThat(here.text("README")).isEqualTo("read\n");
  }

  @Test
  void theIndexTrustsOnlyWhatIsOldAndTheSame() throws IOException {
    StatIndex.Stat stat = StatIndex.Stat.of(here.path("README"));
    Hash hash = Hash.of(new byte[0]);
    long changed = Math.max(stat.modified(), stat.changed());
    Map<String, StatIndex.Known> seen = Map.of("README", new StatIndex.Known(stat, hash));
    long second = 1_000_000_000L;
    StoreFolder store = here.store(Steps.ALL);
    store.create();

    StatIndex racy = StatIndex.empty().next(seen, changed + second);
    assertThat(racy.content("README", stat)).isNull();

    StatIndex trusted = StatIndex.empty().next(seen, changed + 3 * second);
    trusted.write(store);
    StatIndex read = StatIndex.read(store);
    assertThat(read.content("README", stat)).isEqualTo(hash);
    assertThat(read.content("other", stat)).isNull();
    StatIndex.Stat touched =
        new StatIndex.Stat(
            stat.size(), stat.modified(), stat.changed() + 1, stat.inode(), stat.mode());
    assertThat(read.content("README", touched)).isNull();

    byte[] bytes = Files.readAllBytes(store.file("index"));
    bytes[bytes.length - 1] ^= 1;
    Files.write(store.file("index"), bytes);
    assertThat(StatIndex.read(store).content("README", stat)).isNull();
  }

  @Test
  void whatIsOverALimitIsNamedAndNeverTouched() throws Exception {
    here.limits = new SnapshotLimits(new State(100, 1 << 20, 30, 50, 3), Kept.DEFAULT);
    here.file("big", "x".repeat(101)).file("node_modules/m/a", "1").file("node_modules/m/b", "2");
    here.file("build/small", "kept");
    here.turn(
        "rm",
        () -> {
          here.file("big", "y".repeat(101));
          here.delete("node_modules");
          here.delete("build");
          here.delete("src");
        });

    UndoOutcome.Done done = (UndoOutcome.Done) undo();

    assertThat(done.complete()).isFalse();
    assertThat(done.untouched())
        .containsExactly(
            new Untouched(
                "big",
                Untouched.Why.LEFT_OUT,
                "it is over the size limit of one file, so it was not recorded"),
            new Untouched(
                "node_modules",
                Untouched.Why.LEFT_OUT,
                "it is a generated folder over its limits, so it was not recorded"));
    assertThat(here.text("build/small")).isEqualTo("kept");
    assertThat(here.text("src/a")).isEqualTo("a\n");
    assertThat(here.text("big")).startsWith("y");
  }

  @Test
  void entriesOverTheCountAreUnknown() throws Exception {
    here.limits = new SnapshotLimits(new State(100, 1 << 20, 3, 50, 3), Kept.DEFAULT);
    here.file("z1", "1").file("z2", "2");
    here.turn(
        "rm",
        () -> {
          here.delete("z2");
          here.file("README", "changed\n");
        });

    undo();

    assertThat(here.text("README")).isEqualTo("read\n");
    assertThat(here.path("z2")).doesNotExist();
    assertThat(here.text("z1")).isEqualTo("1");
  }

  @Test
  void pipesAndUnreadableFoldersAreLeftAlone() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", here.path("pipe").toString()).inheritIO().start();
    assertThat(mkfifo.waitFor()).isZero();
    here.turn("rm", () -> here.delete("src"));

    assertThat(((UndoOutcome.Done) undo()).complete()).isTrue();
    assertThat(here.path("pipe")).exists();
  }

  @Test
  void theDataFolderIsNeverRecorded() throws Exception {
    Path inside = here.path("data");
    StoreFolder store = StoreFolder.of(inside, here.root, Steps.ALL);
    TurnRecorder recorder = TurnRecorder.open(store, here.limits, Clock.systemUTC());
    try (Turn turn = recorder.begin("rm")) {
      turn.beforeWrite();
      here.delete("src");
    }
    Undo undo = Undo.of(store, here.limits, Clock.systemUTC());

    assertThat(undo.changes(1)).extracting(PathChange::path).containsExactly("src", "src/a");
    undo.undo(OptionalInt.empty(), OnConflict.LEAVE);
    assertThat(here.text("src/a")).isEqualTo("a\n");
  }

  @Test
  void theOldestTurnsAreForgottenAndTheDiskComesBack() throws Exception {
    here.limits = new SnapshotLimits(State.DEFAULT, new Kept(2, Duration.ofDays(30), 1L << 30));
    for (int i = 0; i < 5; i++) {
      String text = noise(i);
      here.turn("turn " + i, () -> here.file("README", text));
    }

    assertThat(here.undo().turns()).extracting(TurnRecord::number).containsExactly(4, 5);
    assertThat(stored()).isLessThan(4 * 100_000);
    here.undo().undo(OptionalInt.of(4), OnConflict.LEAVE);
    assertThat(here.text("README")).isEqualTo(noise(2));
    assertThat(here.text("src/a")).isEqualTo("a\n");
  }

  @Test
  void whatIsTooOldOrTooLargeIsForgottenButNeverTheLastTurn() throws Exception {
    for (Kept kept :
        List.of(new Kept(100, Duration.ZERO, 1L << 30), new Kept(100, Duration.ofDays(1), 1))) {
      here.limits = new SnapshotLimits(State.DEFAULT, kept);
      here.turn("one", () -> here.file("README", "1"));
      here.turn("two", () -> here.file("README", "2"));
      assertThat(here.undo().turns()).extracting(TurnRecord::what).containsExactly("two");
      undo();
      assertThat(here.text("README")).isEqualTo("1");
    }
  }

  private static String noise(int seed) {
    StringBuilder text = new StringBuilder();
    long value = seed + 1L;
    while (text.length() < 100_000) {
      value = value * 6_364_136_223_846_793_005L + 1;
      text.append(Long.toString(value, 36)).append('\n');
    }
    return text.toString();
  }
}
