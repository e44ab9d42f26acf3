// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.worktrees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Crew.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakingTest {

  @TempDir Path folder;
  private Path workspace;
  private Path records;
  private Path trees;
  private Worktrees worktrees;

  @BeforeEach
  void lay() throws IOException {
    workspace = Files.createDirectories(folder.toRealPath().resolve("work"));
    Files.writeString(workspace.resolve("a.txt"), "a");
    Path data = Files.createDirectories(folder.toRealPath().resolve("data"));
    records = data.resolve("worktrees");
    trees = data.resolveSibling("data-worktrees");
    worktrees = Worktrees.of(data);
  }

  private Worktree made(String id) throws IOException {
    return worktrees.make(id, workspace, _ -> true).worktree();
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }

  @Test
  void whatACrashInterruptedGoesWithTheNextOne() throws IOException {
    made("whole");
    for (String id : new String[] {"cut", "whole", "running"}) {
      write(records.resolve(id + ".making"));
      write(records.resolve(id + ".part/base/a.txt"));
    }
    write(trees.resolve("cut/a.txt"));
    write(trees.resolve("running/a.txt"));

    try (Making _ = Making.of(records, "running")) {
      made("next");
    }

    assertThat(trees).isDirectoryContaining("glob:**/running");
    assertThat(trees).isDirectoryContaining("glob:**/whole");
    assertThat(trees.resolve("cut")).doesNotExist();
    assertThat(records.resolve("cut.part")).doesNotExist();
    assertThat(records.resolve("cut.making")).doesNotExist();
    assertThat(records.resolve("next.making")).doesNotExist();
    assertThat(records.resolve("running.part")).isDirectory();
    assertThat(worktrees.all()).extracting(Worktree::id).containsExactly("next", "whole");
  }

  /* Whoever runs this may be root, whom no mode stops: so the modes are looked at. */
  @Test
  void foldersThatAnAgentClosedAreComparedAndDeleted() throws IOException {
    Worktree worktree = made("one");
    Path closed = worktree.folder().resolve("new/closed");
    write(closed.resolve("b.txt"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(closed.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));

    assertThat(worktree.changes()).extracting(Change::path).containsExactly("new/closed/b.txt");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed.getParent())))
        .isEqualTo("rwxr-xr-x");
    worktree.delete();

    assertThat(trees).isEmptyDirectory();
  }
}
