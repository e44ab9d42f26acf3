// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.snapshots.Undo.OnConflict;
import dev.redoubt.testkit.Seeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoPropertyTest {

  @TempDir private Path folder;

  @Test
  void undoBringsBackEveryStateAndRedoTheNext() {
    Seeded.check(
        25,
        random -> {
          Playground here = playground(random);
          RandomEdits edits = new RandomEdits(here, random);
          edits.some(20);
          List<SortedMap<String, String>> states = new ArrayList<>(List.of(here.everything()));
          int turns = 1 + random.nextInt(4);
          for (int i = 0; i < turns; i++) {
            turn(here, () -> edits.some(1 + random.nextInt(8)));
            states.add(here.everything());
          }
          int first = 1 + random.nextInt(turns);
          UndoOutcome outcome = here.undo().undo(OptionalInt.of(first), OnConflict.LEAVE);
          if (outcome instanceof UndoOutcome.Done done) {
            assertThat(done.untouched()).isEmpty();
            assertThat(here.everything()).isEqualTo(states.get(first - 1));
            here.undo().redo(OnConflict.LEAVE);
          }
          assertThat(here.everything()).isEqualTo(states.getLast());
        });
  }

  @Test
  void whatOthersChangedElsewhereIsNeverTouched() {
    Seeded.check(
        15,
        random -> {
          Playground here = playground(random);
          RandomEdits agent = new RandomEdits(here, random);
          agent.some(20);
          turn(here, () -> agent.some(6));
          here.file("mine/a", "mine " + random.nextInt()).file("mine/deep/b", "mine too");
          SortedMap<String, String> mine = here.everything().subMap("mine", "minf");
          Map<String, String> kept = Map.copyOf(mine);

          here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);

          assertThat(here.everything().subMap("mine", "minf")).isEqualTo(kept);
        });
  }

  @Test
  void whateverTheUserDidSinceRedoBringsItBack() {
    Seeded.check(
        25,
        random -> {
          Playground here = playground(random);
          RandomEdits edits = new RandomEdits(here, random);
          edits.some(20);
          turn(here, () -> edits.some(6));
          edits.some(6);
          SortedMap<String, String> before = here.everything();
          OnConflict onConflict = Seeded.pick(random, List.of(OnConflict.values()));

          if (here.undo().undo(OptionalInt.empty(), onConflict) instanceof UndoOutcome.Done) {
            assertThat(here.undo().redo(OnConflict.LEAVE)).isInstanceOf(UndoOutcome.Done.class);
          }

          assertThat(here.everything()).isEqualTo(before);
        });
  }

  private Playground playground(RandomGenerator random) {
    try {
      return new Playground(Files.createTempDirectory(folder, "p" + random.nextInt(1000)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void turn(Playground here, Playground.Doing doing) {
    try {
      here.turn("turn", doing);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /* Few names, so that edits hit each other: files become folders, folders become links. */
  private record RandomEdits(Playground here, RandomGenerator random) {

    private static final List<String> NAMES = List.of("a", "b", "c", "%FF", "x%0Ay", "src");

    void some(int count) {
      for (int i = 0; i < count; i++) {
        try {
          one();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private void one() throws IOException {
      Path path = here.root;
      int depth = 1 + random.nextInt(3);
      for (int i = 0; i < depth; i++) {
        path = path.resolve(Names.name(Seeded.pick(random, NAMES)));
        if (i < depth - 1 && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          clear(path);
          Files.createDirectory(path);
        }
      }
      switch (random.nextInt(7)) {
        case 0 -> clear(path);
        case 1 -> {
          clear(path);
          Files.createDirectory(path);
        }
        case 2 -> {
          clear(path);
          Files.createSymbolicLink(
              path, Path.of(Seeded.pick(random, List.of("a", "/no/where", "../b"))));
        }
        case 3 -> {
          if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            String mode = Seeded.pick(random, List.of("rwxr-xr-x", "rw-r-----", "rwx------"));
            here.mode(here.root.relativize(path), mode);
          }
        }
        default -> {
          if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            clear(path);
          }
          Files.writeString(path, Seeded.text(random, "ab\n", random.nextInt(30)));
        }
      }
    }

    private static void clear(Path path) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Playground.delete(path);
      }
    }
  }
}
