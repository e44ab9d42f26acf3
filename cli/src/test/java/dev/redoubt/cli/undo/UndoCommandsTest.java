// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.sandbox.snapshots.SnapshotLimits;
import dev.redoubt.sandbox.snapshots.Turn;
import dev.redoubt.sandbox.snapshots.TurnRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoCommandsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-15T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path home;
  private Path work;
  private Terminal terminal;

  @BeforeEach
  void make() throws IOException {
    work = Files.createDirectory(home.resolve("work"));
    terminal = new Terminal(work, home);
    write("a.txt", "one\ntwo\n");
    Files.createDirectory(work.resolve("src"));
    write("src/b.txt", "b\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(work.resolve(name), text);
  }

  private interface Doing {
    void run() throws IOException;
  }

  private void turn(String what, Doing doing) throws IOException {
    TurnRecorder recorder =
        TurnRecorder.open(
            home.resolve(".local/share/redoubt"), work, SnapshotLimits.DEFAULT, CLOCK);
    try (Turn turn = recorder.begin(what)) {
      turn.beforeWrite();
      doing.run();
    }
  }

  @Test
  void theLastTurnIsTakenBackAndBroughtAgain() throws IOException {
    turn("sed -i", () -> write("a.txt", "one\nzwei\n"));

    Run undo = terminal.redoubt("undo");
    assertThat(undo.out())
        .isEqualTo("undo of turn 1 (sed -i): 1 path, kept as turn 2\n  ~ a.txt\n");
    assertThat(undo.exitCode()).isZero();
    assertThat(work.resolve("a.txt")).hasContent("one\ntwo\n");

    assertThat(terminal.redoubt("redo").out()).startsWith("redo of turn 2: 1 path");
    assertThat(work.resolve("a.txt")).hasContent("one\nzwei\n");
  }

  @Test
  void aConflictIsShownAndEndsWithOne() throws IOException {
    turn(
        "edit",
        () -> {
          write("a.txt", "agent\n");
          write("src/b.txt", "agent\n");
        });
    write("a.txt", "user\n");

    Run run = terminal.redoubt("undo");

    assertThat(run.exitCode()).isOne();
    assertThat(run.out())
        .contains(
            "left as it is (conflict): a.txt: it was changed since, in the same place or in a way"
                + " that cannot be merged\n");
    assertThat(run.lastLine()).contains("redoubt undo --force", "redoubt restore FILE");
    assertThat(work.resolve("a.txt")).hasContent("user\n");
    assertThat(work.resolve("src/b.txt")).hasContent("b\n");
    assertThat(terminal.redoubt("undo", "--list").out()).contains("1 path, in part");

    Run forced = terminal.redoubt("undo", "--to", "1", "--force");

    assertThat(forced.out()).startsWith("undo of turn 1 (edit): 1 path, kept as turn 3\n  ~ a.txt");
    assertThat(forced.exitCode()).isZero();
    assertThat(work.resolve("a.txt")).hasContent("one\ntwo\n");
  }

  @Test
  void theTurnsAreListedLatestFirst() throws IOException {
    turn("first", () -> write("a.txt", "1"));
    turn("second \u202e", () -> write("a.txt", "2"));
    terminal.redoubt("undo");

    assertThat(terminal.redoubt("undo", "--list").out())
        .isEqualTo(
            """
               3  2026-06-15T12:00:00Z  1 path  undo of turn 2 (second <U+202E>)
               2  2026-06-15T12:00:00Z  1 path, undone  second <U+202E>
               1  2026-06-15T12:00:00Z  1 path  first
            """);
    assertThat(terminal.redoubt("undo", "--list", "--json").out())
        .startsWith(
            "{\"turns\":[{\"turn\":3,\"kind\":\"undo\",\"began\":\"2026-06-15T12:00:00Z\",\"what\":"
                + "\"undo of turn 2 (second \\u202E)\",\"changed\":1,\"end\":\"ended\","
                + "\"undone\":false,\"of\":[2]}");
  }

  @Test
  void severalTurnsAreTakenBackDownToOne() throws IOException {
    turn("first", () -> write("a.txt", "1"));
    turn("second", () -> Files.delete(work.resolve("src/b.txt")));

    assertThat(terminal.redoubt("undo", "--to", "1", "--json").out())
        .startsWith("{\"status\":\"done\",\"turn\":{\"turn\":3,\"kind\":\"undo\"")
        .contains("\"of\":[1,2]}")
        .contains(
            "\"changed\":[{\"path\":\"a.txt\",\"kind\":\"changed\"},"
                + "{\"path\":\"src/b.txt\",\"kind\":\"created\"}],\"untouched\":[]");
    assertThat(work.resolve("src/b.txt")).exists();
  }

  @Test
  void aTurnIsShownAsADiff() throws IOException {
    turn("edit", () -> write("a.txt", "one\n\t\u001b[31mtwo\n"));

    assertThat(terminal.redoubt("diff", "--turn", "1").out())
        .isEqualTo(
            """
            a.txt: changed
            --- a/a.txt
            +++ b/a.txt
            @@ -1,2 +1,2 @@
             one
            -two
            +\t<U+001B>[31mtwo
            """);
    assertThat(terminal.redoubt("diff", "--json").out())
        .startsWith(
            "{\"turn\":1,\"files\":[{\"path\":\"a.txt\",\"kind\":\"changed\",\"content\":\"text\"");
  }

  @Test
  void aFileIsRestoredFromAFolderBelow() throws IOException {
    turn("rm", () -> Files.delete(work.resolve("src/b.txt")));

    Run run = new Terminal(work.resolve("src"), home).redoubt("restore", "b.txt");

    assertThat(run.out())
        .isEqualTo(
            "restore of src/b.txt from before turn 1: 1 path, kept as turn 2\n  + src/b.txt\n");
    assertThat(work.resolve("src/b.txt")).hasContent("b\n");
  }

  @Test
  void withoutTurnsThereIsNothingToDo() {
    assertThat(terminal.redoubt("undo", "--list").out()).isEqualTo("no turns were recorded here\n");
    assertThat(terminal.redoubt("undo").lastLine()).isEqualTo("there is no turn to undo");
    assertThat(terminal.redoubt("undo").exitCode()).isOne();
    assertThat(terminal.redoubt("redo").exitCode()).isOne();
    assertThat(terminal.redoubt("diff").exitCode()).isEqualTo(2);
  }

  @Test
  void whatIsNoTurnIsAWrongArgument() throws IOException {
    turn("edit", () -> write("a.txt", "x"));

    for (String[] line :
        new String[][] {
          {"undo", "--to", "9"},
          {"undo", "--to", "x"},
          {"diff", "--turn", "0"},
          {"restore"},
          {"restore", "../x"},
          {"restore", "a.txt", "--turn", "7"}
        }) {
      assertThat(terminal.redoubt(line).exitCode()).as(String.join(" ", line)).isEqualTo(2);
    }
    assertThat(terminal.redoubt("undo", "--workspace", "nowhere").exitCode()).isEqualTo(4);
  }

  @Test
  void theLimitsAreConfigured() throws IOException {
    Path config = home.resolve("c.toml");
    Files.writeString(
        config, "[options.undo]\nkeep-turns = 3\nkeep-size = \"1GB\"\nrecord = true\n");
    assertThat(terminal.redoubt("undo", "--list", "--config", config.toString()).exitCode())
        .isZero();

    Files.writeString(config, "[options.undo]\nkeep-turn = 3\n");
    Run run = terminal.redoubt("undo", "--list", "--config", config.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("c.toml:2: there is no key \"options.undo.keep-turn\"; did you mean");

    Files.writeString(config, "[options.undo]\nmax-file = \"many\"\n");
    assertThat(terminal.redoubt("undo", "--config", config.toString()).exitCode()).isEqualTo(2);
  }
}
