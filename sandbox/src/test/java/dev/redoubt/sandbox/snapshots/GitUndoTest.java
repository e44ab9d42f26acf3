// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.snapshots.Undo.OnConflict;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real repository with tracked, staged, changed, untracked and ignored files.
@NeedsEngine("git")
class GitUndoTest {

  @TempDir private Path folder;
  private Playground here;

  @BeforeEach
  void make() throws Exception {
    here = new Playground(folder);
    run("git", "init", "-q", "-b", "main");
    run("git", "config", "user.email", "a@b.example");
    run("git", "config", "user.name", "A");
    here.file(".gitignore", "*.log\nsrc/cache/\n").file("src/main.c", "int main;\n");
    here.file("src/tool.sh", "#!/bin/sh\n").mode("src/tool.sh", "rwxr-xr-x");
    Files.createSymbolicLink(here.path("src/link.c"), Path.of("main.c"));
    run("git", "add", "-A");
    run("git", "commit", "-q", "-m", "first");
    here.file("src/staged.c", "staged\n");
    run("git", "add", "src/staged.c");
    here.file("src/main.c", "int main;\nint changed;\n");
    here.file("src/untracked.c", "new\n").file("src/debug.log", "log\n");
    here.file("src/cache/x.bin", "\0\1\2").mode("src/cache/x.bin", "rw-------");
    here.file(".env", "KEY=value\n");
  }

  @Test
  void whatAShellDeletedComesBackAndGitSeesNoDifference() throws Exception {
    String status = run("git", "status", "--porcelain=v2", "--ignored");
    String commits = run("git", "log", "--all", "--format=%H %s");
    String index = run("git", "ls-files", "--stage");
    SortedMap<String, String> before = here.everything();

    here.turn("rm -rf src", () -> run("sh", "-c", "rm -rf src && echo done > notes.txt"));
    assertThat(here.path("src")).doesNotExist();
    here.file("mine.txt", "written since\n");

    UndoOutcome outcome = here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);

    assertThat(((UndoOutcome.Done) outcome).complete()).isTrue();
    assertThat(here.text("mine.txt")).isEqualTo("written since\n");
    Files.delete(here.path("mine.txt"));
    assertThat(withoutGit(here.everything())).isEqualTo(withoutGit(before));
    assertThat(run("git", "status", "--porcelain=v2", "--ignored")).isEqualTo(status);
    assertThat(run("git", "log", "--all", "--format=%H %s")).isEqualTo(commits);
    assertThat(run("git", "ls-files", "--stage")).isEqualTo(index);
  }

  @Test
  void commitsAndIndexOfTheTurnStayAsTheyAre() throws Exception {
    here.turn(
        "commit",
        () -> {
          here.file("src/main.c", "int other;\n");
          run("git", "commit", "-q", "-a", "-m", "second");
        });
    String commits = run("git", "log", "--all", "--format=%H %s");
    String index = run("git", "ls-files", "--stage");

    here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);

    assertThat(here.text("src/main.c")).isEqualTo("int main;\nint changed;\n");
    assertThat(run("git", "log", "--all", "--format=%H %s")).isEqualTo(commits).contains("second");
    assertThat(run("git", "ls-files", "--stage")).isEqualTo(index);
  }

  @Test
  void takingAFolderBackLeavesARepositoryInIt() throws Exception {
    here.turn(
        "clone",
        () -> {
          run("git", "init", "-q", "sub");
          here.file("sub/a.c", "a");
        });

    UndoOutcome.Done done =
        (UndoOutcome.Done) here.undo().undo(OptionalInt.empty(), OnConflict.LEAVE);

    assertThat(here.path("sub/a.c")).doesNotExist();
    assertThat(here.path("sub/.git")).isDirectory();
    assertThat(done.untouched()).extracting(Untouched::path).containsExactly("sub", "sub/.git");
  }

  private static SortedMap<String, String> withoutGit(SortedMap<String, String> everything) {
    everything.keySet().removeIf(name -> name.startsWith(".git/"));
    return everything;
  }

  private String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(here.root.toFile())
            .redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
