// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.snapshots.Undo.OnConflict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process is killed while it takes a turn back.
class KillTest {

  private static final int FILES = 300;

  @TempDir private Path folder;

  /// Records a turn that deletes a folder, and waits for ever before its end.
  static final class Deleting {

    private Deleting() {}

    public static void main(String[] arguments) throws Exception {
      Path work = Path.of(arguments[1]);
      Turn turn =
          TurnRecorder.open(Path.of(arguments[0]), work, SnapshotLimits.DEFAULT, Clock.systemUTC())
              .begin("rm -rf src");
      turn.beforeWrite();
      Playground.delete(work.resolve("src"));
      System.out.println("at the end");
      System.out.flush();
      while (System.in.read() >= 0) {
        // Killed here.
      }
    }
  }

  /// Takes the last turn back, and waits for ever before one of its steps.
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      int last = Integer.parseInt(arguments[2]);
      int[] step = {0};
      Steps steps =
          name -> {
            if (step[0]++ == last) {
              System.out.println("at " + name);
              System.out.flush();
              while (System.in.read() >= 0) {
                // Killed here.
              }
            }
          };
      StoreFolder store = StoreFolder.of(Path.of(arguments[0]), Path.of(arguments[1]), steps);
      Undo.of(store, SnapshotLimits.DEFAULT, Clock.systemUTC())
          .undo(OptionalInt.empty(), OnConflict.LEAVE);
      System.out.println("finished");
    }
  }

  @Test
  void aKilledUndoIsFinishedByTheNextCommand() throws Exception {
    for (int step : new int[] {1, 5, 9, 60, 200, 315}) {
      Playground here = new Playground(Files.createTempDirectory(folder, "k"));
      for (int i = 0; i < FILES; i++) {
        here.file("src/part" + i % 10 + "/file" + i, "content " + i);
      }
      SortedMap<String, String> before = here.everything();
      here.turn("rm -rf src", () -> here.delete("src"));

      assertThat(killedAt(here, step)).startsWith("at ");

      UndoOutcome next = here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);
      assertThat(here.everything()).as("killed at step %d", step).isEqualTo(before);
      assertThat(next.notes().isEmpty()).isEqualTo(next instanceof UndoOutcome.Done);
      assertThat(here.undo().undone()).containsExactly(1);
    }
  }

  @Test
  void aKilledTurnIsEndedByTheNextCommandAndCanBeUndone() throws Exception {
    Playground here = new Playground(Files.createTempDirectory(folder, "t"));
    here.file("src/a", "a").file("b", "b");
    SortedMap<String, String> before = here.everything();
    Process child = start(here, Deleting.class, 0);
    try {
      assertThat(line(child)).isEqualTo("at the end");
      assertThatThrownBy(() -> here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE))
          .hasMessageContaining(
              "while turn 1 of process %d (rm -rf src) runs".formatted(child.pid()));
    } finally {
      child.destroyForcibly().onExit().join();
    }

    UndoOutcome outcome = here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);

    assertThat(outcome.notes())
        .containsExactly(
            "turn 1 (rm -rf src) was cut off: the workspace as it is now counts as its end");
    assertThat(here.everything()).isEqualTo(before);
  }

  private static String killedAt(Playground here, int step) throws IOException {
    Process child = start(here, Child.class, step);
    try {
      return line(child);
    } finally {
      child.destroyForcibly().onExit().join();
    }
  }

  private static String line(Process child) throws IOException {
    return String.valueOf(
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))
            .readLine());
  }

  private static Process start(Playground here, Class<?> main, int step) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                here.data.toString(),
                here.root.toString(),
                Integer.toString(step)))
        .redirectErrorStream(true)
        .start();
  }
}
