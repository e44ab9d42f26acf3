// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.snapshots.Undo.OnConflict;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The work ends before each single step, as if the program was killed there or the disk was full,
/// and then somebody goes on.
class CrashTest {

  /// Stops the work for good before one step.
  private static final class Stop extends Error {
    private static final long serialVersionUID = 1L;
  }

  private enum Ending {
    KILLED,
    DISK_FULL
  }

  /// Lets so many steps happen.
  private static final class Fuse implements Steps {
    private final Ending ending;
    private int left;

    Fuse(int left, Ending ending) {
      this.left = left;
      this.ending = ending;
    }

    @Override
    public void before(String step) throws IOException {
      if (left-- <= 0) {
        if (ending == Ending.KILLED) {
          throw new Stop();
        }
        throw new IOException("no space left");
      }
    }

    boolean burnt() {
      return left < 0;
    }
  }

  @TempDir private Path folder;
  private SortedMap<String, String> before = new TreeMap<>();

  @Test
  void anUndoThatIsKilledAnywhereIsFinishedByTheNextStart() throws Exception {
    int stops = 0;
    for (int steps = 0; ; steps++) {
      Playground here = afterATurn(Files.createTempDirectory(folder, "k"));
      SortedMap<String, String> after = here.everything();
      Fuse fuse = new Fuse(steps, Ending.KILLED);
      try {
        undo(here, fuse);
      } catch (Stop e) {
        stops++;
      }
      UndoOutcome next = here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);

      assertThat(here.everything()).as("stopped before step %d", steps).isEqualTo(before);
      assertThat(noStaging(here)).isTrue();
      if (next instanceof UndoOutcome.Nothing) {
        assertThat(fuse.burnt() ? next.notes() : List.of("done")).isNotEmpty();
      }
      assertThat(here.undo().redo(OnConflict.LEAVE)).isInstanceOf(UndoOutcome.Done.class);
      assertThat(here.everything()).isEqualTo(after);
      if (!fuse.burnt()) {
        break;
      }
    }
    assertThat(stops).isGreaterThan(15);
  }

  @Test
  void anUndoThatCannotWriteAnywhereSaysWhatItLeftAndTheNextOneTakesItBack() throws Exception {
    for (int steps = 0; ; steps++) {
      Playground here = afterATurn(Files.createTempDirectory(folder, "d"));
      Fuse fuse = new Fuse(steps, Ending.DISK_FULL);
      boolean told = false;
      try {
        UndoOutcome outcome = undo(here, fuse);
        told = !(outcome instanceof UndoOutcome.Done done && done.complete());
      } catch (RedoubtException e) {
        told = true;
      }
      if (!fuse.burnt()) {
        break;
      }
      assertThat(told).as("failed at step %d", steps).isTrue();
      here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);
      assertThat(here.everything()).as("failed at step %d", steps).isEqualTo(before);
      assertThat(noStaging(here)).isTrue();
    }
  }

  @Test
  void aTurnThatIsKilledAnywhereLeavesAStoreThatWorks() throws Exception {
    int ended = 0;
    for (int steps = 0; ; steps++) {
      Playground here = new Playground(Files.createTempDirectory(folder, "t"));
      here.file("src/a", "a").file("src/b", "b");
      SortedMap<String, String> before = here.everything();
      Fuse fuse = new Fuse(steps, Ending.KILLED);
      boolean wrote = false;
      Turn turn =
          TurnRecorder.open(here.store(fuse), here.limits, Clock.systemUTC()).begin("rm -rf src");
      try {
        turn.beforeWrite();
        here.delete("src");
        here.file("new", "new");
        wrote = true;
        turn.end();
      } catch (Stop e) {
        assertThat(fuse.burnt()).isTrue();
      }
      UndoOutcome next = here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);
      assertThat(here.everything()).as("stopped before step %d", steps).isEqualTo(before);
      assertThat(next instanceof UndoOutcome.Done).isEqualTo(wrote);
      ended += wrote ? 1 : 0;
      if (!fuse.burnt()) {
        break;
      }
    }
    assertThat(ended).isGreaterThan(3);
  }

  @Test
  void aTornLastLineOfTheListIsCut() throws Exception {
    Playground here = afterATurn(Files.createTempDirectory(folder, "l"));
    Path list = here.store(Steps.ALL).file("turns.jsonl");
    String whole = Files.readString(list);
    for (int cut = whole.indexOf('\n') + 1; cut < whole.length(); cut += 7) {
      Files.writeString(list, whole.substring(0, cut));
      here.turn("another", () -> {});
      assertThat(here.undo().turns()).extracting(TurnRecord::number).containsExactly(1, 2);
    }
  }

  @Test
  void aDamagedPackIsNamed() throws Exception {
    Playground here = afterATurn(Files.createTempDirectory(folder, "x"));
    try (DirectoryStream<Path> packs = Files.newDirectoryStream(here.store(Steps.ALL).packs())) {
      for (Path pack : packs) {
        byte[] bytes = Files.readAllBytes(pack);
        for (int i = 0; i < 20; i++) {
          bytes[i] ^= 0x55;
        }
        Files.write(pack, bytes);
      }
    }
    SortedMap<String, String> now = here.everything();

    assertThatThrownBy(() -> undo(here, Steps.ALL))
        .isInstanceOf(RedoubtException.class)
        .hasMessageContaining(".pack\" is damaged");
    assertThat(here.everything()).isEqualTo(now);
  }

  private Playground afterATurn(Path at) throws Exception {
    Playground here = new Playground(at);
    here.file("src/a", "1\n2\n3\n4\n5\n").file("src/deep/b", "b").file("keep", "keep");
    Files.createSymbolicLink(here.path("src/link"), Path.of("a"));
    here.file("merge", "1\n2\n3\n4\n5\n6\n7\n");
    here.turn(
        "rm -rf src",
        () -> {
          here.delete("src");
          here.file("src", "a file").file("made/x", "x").file("merge", "1\n2\n3\n4\n5\n6\nseven\n");
        });
    here.file("merge", "one\n2\n3\n4\n5\n6\nseven\n");
    before = new TreeMap<>();
    Playground wanted = new Playground(Files.createDirectory(at.resolve("wanted")));
    wanted.file("src/a", "1\n2\n3\n4\n5\n").file("src/deep/b", "b").file("keep", "keep");
    Files.createSymbolicLink(wanted.path("src/link"), Path.of("a"));
    wanted.file("merge", "one\n2\n3\n4\n5\n6\n7\n");
    before.putAll(wanted.everything());
    return here;
  }

  private static UndoOutcome undo(Playground here, Steps steps) {
    return Undo.of(here.store(steps), here.limits, Clock.systemUTC())
        .undo(OptionalInt.empty(), OnConflict.LEAVE);
  }

  private static boolean noStaging(Playground here) {
    return here.everything().keySet().stream().noneMatch(name -> name.startsWith(".redoubt-"));
  }
}
