// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.snapshots.Undo.OnConflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoTest {

  @TempDir private Path folder;
  private Playground here;

  @BeforeEach
  void make() throws IOException {
    here = new Playground(folder);
    here.file("src/a.txt", "one\ntwo\nthree\n")
        .file("src/deep/run.sh", "#!/bin/sh\n")
        .mode("src/deep/run.sh", "rwxr-x--x")
        .file("README", "read me\n");
    Files.createSymbolicLink(here.path("src/link"), Path.of("deep/../a.txt"));
    Files.createSymbolicLink(here.path("src/nowhere"), Path.of("/no/where"));
    Files.createDirectories(here.path("src/empty"));
    here.mode("src/empty", "rwxr-x---");
  }

  private UndoOutcome.Done undone() {
    return (UndoOutcome.Done) here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);
  }

  private UndoOutcome.Done redone() {
    return (UndoOutcome.Done) here.undo().redo(OnConflict.LEAVE);
  }

  @Test
  void aDeletedFolderComesBackByteForByte() throws Exception {
    Map<String, String> before = here.everything();
    FileTime time = FileTime.from(Instant.parse("2020-02-02T02:02:02.123456Z"));
    Files.setLastModifiedTime(here.path("src/a.txt"), time);

    here.turn("rm -rf src", () -> here.delete("src"));
    UndoOutcome.Done done = undone();

    assertThat(here.everything()).isEqualTo(before);
    assertThat(done.complete()).isTrue();
    assertThat(done.changed()).contains(new PathChange("src/deep", PathChange.Kind.CREATED));
    assertThat(Files.getLastModifiedTime(here.path("src/a.txt"))).isEqualTo(time);
  }

  @Test
  void whatACrashLeftOfAWriteIsNoChange() throws Exception {
    String left = "src/.redoubt-writing-123e4567-e89b-12d3-a456-426614174000";
    here.turn("write", () -> here.file(left, "half").file("src/a.txt", "other"));

    UndoOutcome.Done done = undone();

    assertThat(done.complete()).isTrue();
    assertThat(done.changed())
        .containsExactly(new PathChange("src/a.txt", PathChange.Kind.CHANGED));
    assertThat(here.text(left)).isEqualTo("half");
  }

  @Test
  void whatTheTurnMadeGoesAgain() throws Exception {
    Map<String, String> before = here.everything();
    here.turn(
        "make",
        () -> {
          here.file("out/x/y", "new").file("src/a.txt", "other").mode("README", "rwxrwxrwx");
          here.delete("src/link");
          Files.createSymbolicLink(here.path("src/link"), Path.of("/elsewhere"));
        });
    Map<String, String> after = here.everything();

    undone();
    assertThat(here.everything()).isEqualTo(before);
    redone();
    assertThat(here.everything()).isEqualTo(after);
  }

  @Test
  void aFileBecomesAFolderAndBack() throws Exception {
    Map<String, String> before = here.everything();
    here.turn(
        "swap",
        () -> {
          here.delete("README");
          here.file("README/inside", "x");
          here.delete("src");
          here.file("src", "a file now");
        });
    Map<String, String> after = here.everything();

    undone();
    assertThat(here.everything()).isEqualTo(before);
    redone();
    assertThat(here.everything()).isEqualTo(after);
  }

  @Test
  void whatTheUserDidSinceStays() throws Exception {
    here.turn("rm -rf src", () -> here.delete("src"));
    here.file("mine.txt", "mine").file("README", "read me, please\n");

    assertThat(undone().complete()).isTrue();
    assertThat(here.text("mine.txt")).isEqualTo("mine");
    assertThat(here.text("README")).isEqualTo("read me, please\n");
    assertThat(here.text("src/a.txt")).startsWith("one");
  }

  @Test
  void changesOfDifferentLinesAreMerged() throws Exception {
    String origin = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    here.file("list", origin);
    here.turn("edit", () -> here.file("list", origin.replace("2\n", "two\n")));
    here.file("list", here.text("list").replace("8\n", "eight\n")).mode("list", "rwx------");

    assertThat(undone().complete()).isTrue();
    assertThat(here.text("list")).isEqualTo(origin.replace("8\n", "eight\n"));
    assertThat(here.everything().get("list")).startsWith("rwx------");
  }

  @Test
  void aConflictIsShownAndTouchesNothingOfThatFile() throws Exception {
    here.file("other", "before");
    here.turn("edit", () -> here.file("src/a.txt", "agent\n").file("other", "after"));
    here.file("src/a.txt", "user\n");

    UndoOutcome.Done done = undone();

    assertThat(done.complete()).isFalse();
    assertThat(done.untouched())
        .containsExactly(
            new Untouched(
                "src/a.txt",
                Untouched.Why.CONFLICT,
                "it was changed since, in the same place or in a way that cannot be merged"));
    assertThat(here.text("src/a.txt")).isEqualTo("user\n");
    assertThat(here.text("other")).isEqualTo("before");
  }

  @Test
  void withNothingButConflictsNothingIsUndone() throws Exception {
    here.turn("edit", () -> here.file("README", "agent\n"));
    here.file("README", "user\n");

    assertThat(here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE))
        .isInstanceOf(UndoOutcome.Blocked.class);
    assertThat(here.undo().undone()).isEmpty();

    UndoOutcome forced = here.undo().undo(OptionalInt.of(1), OnConflict.OVERWRITE);
    assertThat(forced).isInstanceOf(UndoOutcome.Done.class);
    assertThat(here.text("README")).isEqualTo("read me\n");
    redone();
    assertThat(here.text("README")).isEqualTo("user\n");
  }

  @Test
  void whatAConflictLeftIsTakenBackByForceAndBroughtAgainStepByStep() throws Exception {
    Map<String, String> before = here.everything();
    here.turn("1", () -> here.file("README", "first\n"));
    here.turn("2", () -> here.file("README", "second\n").file("new", "x"));
    here.turn("3", () -> here.file("src/a.txt", "agent\n"));
    here.file("src/a.txt", "user\n");
    Map<String, String> users = here.everything();

    UndoOutcome.Done part =
        (UndoOutcome.Done) here.undo().undo(OptionalInt.of(2), OnConflict.LEAVE);

    assertThat(part.complete()).isFalse();
    assertThat(part.turn().span().end()).isEqualTo(TurnRecord.End.IN_PART);
    assertThat(here.text("README")).isEqualTo("first\n");
    assertThat(here.undo().undone()).isEmpty();
    assertThat(here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE))
        .isInstanceOf(UndoOutcome.Blocked.class);
    assertThat(here.text("README")).isEqualTo("first\n");

    UndoOutcome.Done rest =
        (UndoOutcome.Done) here.undo().undo(OptionalInt.empty(), OnConflict.OVERWRITE);
    assertThat(rest.changed()).extracting(PathChange::path).containsExactly("src/a.txt");
    assertThat(here.undo().undone()).containsExactly(2, 3);
    undone();
    assertThat(here.everything()).isEqualTo(before);

    redone();
    redone();
    assertThat(here.text("src/a.txt")).isEqualTo("user\n");
    assertThat(here.text("README")).isEqualTo("first\n");
    redone();
    assertThat(here.everything()).isEqualTo(users);
    assertThat(here.undo().undo(OptionalInt.of(3), OnConflict.OVERWRITE))
        .isInstanceOf(UndoOutcome.Done.class);
    assertThat(here.undo().undone()).containsExactly(3);
  }

  @Test
  void turnsThatWereTakenBackInPartStayTogetherAfterAnotherTurn() throws Exception {
    here.turn("1", () -> here.file("README", "first\n"));
    here.turn("2", () -> here.file("README", "second\n").file("src/a.txt", "agent\n"));
    here.file("src/a.txt", "user\n");
    here.undo().undo(OptionalInt.of(1), OnConflict.LEAVE);
    here.turn("later", () -> here.file("later", "x"));

    undone();
    UndoOutcome.Done forced =
        (UndoOutcome.Done) here.undo().undo(OptionalInt.of(2), OnConflict.OVERWRITE);

    assertThat(forced.turn().of()).containsExactly(1, 2);
    assertThat(here.text("README")).isEqualTo("read me\n");
    assertThat(here.text("src/a.txt")).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void whatWasMergedIsNoConflictWhenTheRestIsTakenBack() throws Exception {
    here.file("b", "b\n");
    int first =
        here.turn("one", () -> here.file("src/a.txt", "1\ntwo\nthree\n").file("b", "b1\n"))
            .number();
    here.turn("two", () -> here.file("src/a.txt", "2\ntwo\nthree\n").file("b", "b2\n"));
    here.file("src/a.txt", "2\ntwo\nthree\nmine\n").file("b", "mine\n");
    var part = (UndoOutcome.Done) here.undo().undo(OptionalInt.of(first), OnConflict.LEAVE);
    assertThat(part.complete()).isFalse();
    assertThat(here.text("src/a.txt")).isEqualTo("one\ntwo\nthree\nmine\n");

    here.file("b", "b2\n").file("src/a.txt", "one\ntwo\nthree\nmine\nmore\n");
    UndoOutcome.Done rest = undone();

    assertThat(rest.complete()).isTrue();
    assertThat(here.text("b")).isEqualTo("b\n");
    assertThat(here.text("src/a.txt")).isEqualTo("one\ntwo\nthree\nmine\nmore\n");
    assertThat(here.undo().undone()).hasSize(2);
  }

  @Test
  void aRedoWithAConflictCanBeForced() throws Exception {
    here.turn("1", () -> here.file("README", "agent\n").file("new", "x"));
    undone();
    here.file("README", "user\n");

    assertThat(redone().complete()).isFalse();
    assertThat(here.undo().undone()).containsExactly(1);
    assertThat(here.undo().redo(OnConflict.OVERWRITE)).isInstanceOf(UndoOutcome.Done.class);
    assertThat(here.text("README")).isEqualTo("agent\n");
    assertThat(here.text("new")).isEqualTo("x");
    assertThat(here.undo().undone()).isEmpty();
  }

  @Test
  void aFileThatWasChangedSinceItWasMadeIsKept() throws Exception {
    here.turn("make", () -> here.file("gen/a", "a").file("gen/b", "b"));
    here.file("gen/a", "mine now").file("gen/own", "own");

    UndoOutcome.Done done = undone();

    assertThat(done.untouched())
        .extracting(Untouched::path, Untouched::why)
        .containsExactly(
            tuple("gen", Untouched.Why.NOT_EMPTY), tuple("gen/a", Untouched.Why.CONFLICT));
    assertThat(here.path("gen/b")).doesNotExist();
    assertThat(here.text("gen/own")).isEqualTo("own");
  }

  @Test
  void severalTurnsAreTakenBackAtOnce() throws Exception {
    Map<String, String> before = here.everything();
    here.turn("1", () -> here.file("README", "first\n"));
    here.turn("2", () -> here.file("README", "second\n").file("new", "x"));
    here.file("mine", "stays");
    here.turn("3", () -> here.delete("src"));

    UndoOutcome.Done done =
        (UndoOutcome.Done) here.undo().undo(OptionalInt.of(1), OnConflict.LEAVE);

    assertThat(done.turn().of()).containsExactly(1, 2, 3);
    assertThat(here.text("mine")).isEqualTo("stays");
    here.delete("mine");
    assertThat(here.everything()).isEqualTo(before);
    redone();
    assertThat(here.text("README")).isEqualTo("second\n");
    assertThat(here.path("src")).doesNotExist();
  }

  @Test
  void aNewTurnMakesAnEndOfRedo() throws Exception {
    here.turn("1", () -> here.file("README", "first\n"));
    undone();
    here.turn("2", () -> here.file("README", "second\n"));

    assertThat(here.undo().redo(OnConflict.LEAVE)).isInstanceOf(UndoOutcome.Nothing.class);
  }

  @Test
  void turnsThatChangedNothingArePassedOver() throws Exception {
    here.turn("change", () -> here.file("README", "changed"));
    here.turn("look", () -> {});

    assertThat(undone().turn().of()).containsExactly(1);
    assertThat(here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE))
        .isInstanceOf(UndoOutcome.Nothing.class);
    assertThatThrownBy(() -> here.undo().undo(OptionalInt.of(1), OnConflict.LEAVE))
        .isInstanceOf(RedoubtException.class)
        .hasMessageContaining("turn 1 is undone already");
    assertThat(here.undo().undo(OptionalInt.of(2), OnConflict.LEAVE))
        .isInstanceOf(UndoOutcome.Nothing.class);
  }

  @Test
  void aFileIsRestoredByName() throws Exception {
    here.turn("1", () -> here.file("src/a.txt", "bad\n").file("README", "bad\n"));
    here.turn("2", () -> here.delete("src"));

    here.undo().restore(here.path("src/a.txt"), OptionalInt.of(1));
    assertThat(here.text("src/a.txt")).isEqualTo("one\ntwo\nthree\n");
    assertThat(here.path("src/deep")).doesNotExist();
    assertThat(here.text("README")).isEqualTo("bad\n");

    undone();
    assertThat(here.path("src")).doesNotExist();
  }

  @Test
  void whatLiesOutsideCannotBeRestored() throws Exception {
    here.turn("1", () -> here.file("README", "x"));
    for (Path path : List.of(here.root, here.data, here.path("../x"))) {
      assertThatThrownBy(() -> here.undo().restore(path, OptionalInt.empty()))
          .isInstanceOfSatisfying(
              RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
    }
  }

  @Test
  void aLinkInTheWayIsNeverFollowed() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    here.turn("rm -rf src", () -> here.delete("src"));
    Files.createSymbolicLink(here.path("src"), outside);

    UndoOutcome outcome = here.undo().undo(OptionalInt.empty(), OnConflict.OVERWRITE);

    assertThat(outside).isEmptyDirectory();
    assertThat(outcome).isInstanceOf(UndoOutcome.Done.class);
    assertThat(Files.isSymbolicLink(here.path("src"))).isFalse();
    assertThat(here.text("src/a.txt")).startsWith("one");
  }

  @Test
  void aLinkSomebodyPutThereIsAConflict() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    here.turn("rm -rf src", () -> here.delete("src"));
    Files.createSymbolicLink(here.path("src"), outside);

    UndoOutcome outcome = here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);

    assertThat(outcome).isInstanceOf(UndoOutcome.Blocked.class);
    assertThat(outside).isEmptyDirectory();
    assertThat(Files.isSymbolicLink(here.path("src"))).isTrue();
  }

  @Test
  void aWorkspaceThatBecameALinkIsRefused() throws Exception {
    Undo undo = here.undo();
    TurnRecorder recorder = here.recorder();
    here.turn("rm -rf src", () -> here.delete("src"));
    Path moved = Files.move(here.root, folder.resolve("moved"));
    Files.createSymbolicLink(here.root, moved);

    assertThatThrownBy(() -> undo.undo(OptionalInt.empty(), OnConflict.LEAVE))
        .isInstanceOf(RedoubtException.class)
        .hasMessageContaining("is not the folder it was");
    assertThatThrownBy(() -> recorder.begin("x").beforeWrite())
        .isInstanceOf(RedoubtException.class);
    assertThat(moved.resolve("src")).doesNotExist();
  }

  @Test
  void namesOfAnyBytesComeBack() throws Exception {
    for (String raw :
        List.of("new%0Aline", "not%FFutf8", "%C3%A4%20blank", "%25", "a%5Cb", "*", "-", "A", "a")) {
      Path name = Names.path(raw.equals("*") ? "%2A" : raw);
      Files.writeString(here.root.resolve(name), raw);
      Files.createSymbolicLink(here.path("l" + raw.hashCode()), name);
    }
    Map<String, String> before = here.everything();

    TurnRecord turn = here.turn("rm", here::clear);
    undone();

    assertThat(here.everything()).isEqualTo(before);
    assertThat(here.undo().changes(turn.number()))
        .contains(new PathChange("new\nline", PathChange.Kind.DELETED));
  }

  @Test
  void whileATurnRunsOthersAreRecordedAndNothingIsUndone() throws Exception {
    Map<String, String> before = here.everything();
    try (Turn first = here.recorder().begin("first")) {
      first.beforeWrite();
      here.file("a", "of the first");
      here.turn("second", () -> here.file("b", "of the second"));
      assertThatThrownBy(() -> here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE))
          .isInstanceOf(RedoubtException.class)
          .hasMessageContaining(
              "while turn 1 of process %d (first) runs".formatted(ProcessHandle.current().pid()));
    }
    assertThat(here.undo().turns())
        .extracting(turn -> turn.span().end())
        .containsExactly(TurnRecord.End.ENDED, TurnRecord.End.ENDED);
    undone();
    assertThat(here.path("b")).doesNotExist();
    here.undo().undo(OptionalInt.of(1), OnConflict.LEAVE);
    assertThat(here.everything()).isEqualTo(before);
  }

  @Test
  void manyTurnsAtOnceWaitForEachOther() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 8; i++) {
      String name = "file" + i;
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> failures.add(e))
              .start(() -> {
                try (Turn turn = here.recorder().begin(name)) {
                  turn.beforeWrite();
                  here.file(name, name);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    assertThat(here.undo().turns()).hasSize(8).noneMatch(TurnRecord::isOpen);
    here.undo().undo(OptionalInt.of(1), OnConflict.LEAVE);
    assertThat(here.path("file3")).doesNotExist();
  }

  @Test
  void aTurnThatDoesNotWriteCostsNothing() {
    try (Turn turn = here.recorder().begin("ls")) {
      assertThat(turn.end()).isEmpty();
    }
    assertThat(here.data).doesNotExist();
  }

  @Test
  void theStoreIsForItsOwnerAlone() throws Exception {
    here.file(".env", "TOKEN=x");
    here.turn("deploy --token " + "abc".repeat(9), () -> here.delete("src"));

    try (Stream<Path> paths = Files.walk(here.data.resolve("snapshots"))) {
      assertThat(paths)
          .allSatisfy(path ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                  .matches(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
    assertThat(here.undo().turns().getFirst().what()).doesNotContain("abcabc");
  }

  @Test
  void aTurnIsShownAsADiff() throws Exception {
    here.file("bin", "\0\1").file("gone", "x\n");
    TurnRecord turn =
        here.turn(
            "edit",
            () -> {
              here.file("src/a.txt", "one\nzwei\nthree\n").file("bin", "\0\2").file("n\nl", "new");
              here.mode("README", "rwx------");
              here.delete("gone");
            });

    assertThat(here.undo().diff(turn.number()).stream().map(FileDiff::text))
        .containsExactly(
            "README: file, mode 644 became file, mode 700\n",
            "bin: changed\nBinary files differ: bin\n",
            """
            gone: deleted file, mode 644
            --- a/gone
            +++ /dev/null
            @@ -1 +0,0 @@
            -x
            """,
            """
            n\\nl: new file, mode 644
            --- /dev/null
            +++ b/n\\nl
            @@ -0,0 +1 @@
            +new
            \\ No newline at end of file
            """,
            """
            src/a.txt: changed
            --- a/src/a.txt
            +++ b/src/a.txt
            @@ -1,3 +1,3 @@
             one
            -two
            +zwei
             three
            """);
  }
}
