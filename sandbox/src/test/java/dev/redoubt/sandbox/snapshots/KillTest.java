// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

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

  /// Takes the last turn back, says each step, and waits for ever at one of them.
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

  private static String killedAt(Playground here, int step) throws IOException {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName(),
                    here.data.toString(),
                    here.root.toString(),
                    Integer.toString(step)))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      return String.valueOf(out.readLine());
    } finally {
      child.destroyForcibly().onExit().join();
    }
  }
}
