// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What git obeys under other names than its usual ones, behind bubblewrap.
@NeedsEngine("bwrap")
class BubblewrapGitTest {

  @TempDir Path folder;
  private Enclosed walled;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    walled =
        Enclosed.open(
            new BubblewrapBackend(), folder, (workspace, home) -> GitScene.lay(workspace));
  }

  @AfterEach
  void close() throws IOException {
    walled.close();
  }

  @Test
  void nothingThatGitObeysIsWrittenOrMade() throws IOException {
    Map<String, String> before = GitScene.kept(walled.workspace);

    assertThat(walled.said(GitScene.attacks())).endsWith("over\n");

    assertThat(GitScene.kept(walled.workspace)).isEqualTo(before);
    GitScene.assertNothingCame(walled.workspace);
  }

  @Test
  void workThatChangesNothingGitObeysGoesOn() throws IOException {
    List<Path> before = Enclosed.namesIn(walled.workspace.resolve("mirror"));

    assertThat(walled.run(GitScene.ordinaryWork()))
        .satisfies(ended -> {
          assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
          assertThat(ended.loss()).isEmpty();
        });
    Files.delete(walled.workspace.resolve("mirror/HEAD.lock"));
    assertThat(Enclosed.namesIn(walled.workspace.resolve("mirror"))).isEqualTo(before);
  }

  @Test
  void whatGitWritesThereItselfStays() {
    List<String> lines =
        List.of(
            "git init -q --bare hub && git clone -q hub clone && git clone -q --bare clone again",
            "cd clone && git -c user.name=x -c user.email=x@x.example commit -q --allow-empty -m x",
            "git init -q first && cd first && git -c user.name=x -c user.email=x@x.example commit"
                + " -q --allow-empty -m x && git clone -q --bare . ../second",
            "git --git-dir=second worktree add -q third && git -C third status -s");

    assertThat(lines)
        .extracting(walled::run)
        .allSatisfy(ended -> {
          assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
          assertThat(ended.loss()).isEmpty();
        });
    assertThat(walled.said("git -C third log --oneline | wc -l")).isEqualTo("1\n");
  }

  @Test
  void aWorkspaceThatIsARepositoryItselfIsHeldToo() throws IOException, InterruptedException {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Enclosed bare =
        Enclosed.open(
            new BubblewrapBackend(),
            other,
            (workspace, home) -> {
              GitScene.lay(workspace.resolve("in"));
              for (String name : List.of("HEAD", "objects", "refs", "hooks", "config")) {
                Files.move(workspace.resolve("in/mirror").resolve(name), workspace.resolve(name));
              }
            })) {
      bare.run(
          "echo x > config; echo x > hooks/pre-commit; echo x > config.worktree; echo in/meta >"
              + " commondir; echo x > in/meta/hooks/pre-commit");

      assertThat(bare.workspace.resolve("config")).content().contains("bare = true");
      assertThat(bare.workspace.resolve("hooks")).isEmptyDirectory();
      for (String name : List.of("config.worktree", "commondir", "in/meta/hooks/pre-commit")) {
        assertThat(bare.workspace.resolve(name)).doesNotExist();
      }
      assertThat(bare.said("echo x > file && echo x > refs/heads/main && cat file"))
          .isEqualTo("x\n");
    }
  }

  @Test
  void theFileToolsAreHeldToo() throws IOException {
    Map<String, String> before = GitScene.kept(walled.workspace);
    for (String name :
        List.of(
            "meta/hooks/pre-commit",
            "meta/config",
            "meta/config.worktree",
            "meta/info/attributes",
            "tools/hooks/pre-commit",
            "absent.inc",
            "later/hooks/x",
            "tools/watch",
            "half/config",
            "mirror/hooks/x",
            ".bare/worktrees/one/config.worktree")) {
      assertThat(walled.perform(new Action.Write(walled.workspace.resolve(name), Content.of("x"))))
          .as(name)
          .isInstanceOf(Outcome.RefusedByWall.class);
    }
    assertThat(walled.perform(new Action.Delete(walled.workspace.resolve("meta"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(GitScene.kept(walled.workspace)).isEqualTo(before);
  }

  @Test
  void anOddRepositoryIsClosedAndTheRestGoesOn() throws IOException, InterruptedException {
    Path other = Files.createDirectory(folder.resolve("odd"));
    try (Enclosed odd =
        Enclosed.open(
            new BubblewrapBackend(),
            other,
            (workspace, home) -> {
              GitScene.lay(workspace.resolve("in"));
              Files.writeString(workspace.resolve("in/mirror/config"), "#".repeat((1 << 20) + 1));
              Files.createDirectories(workspace.resolve("tests/fixture/sub"));
              Files.writeString(workspace.resolve("tests/fixture/.git"), "gitdir: a\0b\n");
              Files.writeString(workspace.resolve("tests/fixture/sub/.env"), "secret");
            })) {
      Ended first =
          odd.run(
              "echo x > file; echo x > tests/fixture/file; mkdir tests/fixture/hooks; echo x >"
                  + " in/mirror/file; cat tests/fixture/sub/.env; exit 7");

      assertThat(first.ending()).isEqualTo(new Ending.Exited(7));
      assertThat(first.output().toString()).doesNotContain("secret");
      assertThat(first.loss().orElseThrow().undone().orElseThrow().taken()).isEmpty();
      assertThat(first.loss().orElseThrow().kind()).isEqualTo(Tether.Loss.Kind.TOLD);
      assertThat(first.loss().orElseThrow().reason())
          .contains("tests/fixture\" cannot be understood", "in/mirror\" cannot be understood");
      assertThat(odd.workspace.resolve("file")).hasContent("x");
      assertThat(odd.workspace.resolve("tests/fixture/file")).doesNotExist();
      assertThat(odd.workspace.resolve("tests/fixture/hooks")).doesNotExist();
      assertThat(odd.workspace.resolve("in/mirror/file")).doesNotExist();
      assertThat(odd.run("true").loss()).isEmpty();
    }
  }

  @Test
  void whatASettingOutsideTheWorkspaceNamesInItIsHeld() throws IOException, InterruptedException {
    Path other = Files.createDirectory(folder.resolve("outer")).toRealPath();
    try (Enclosed outer =
        Enclosed.open(
            new BubblewrapBackend(),
            other,
            (workspace, home) -> {
              Files.writeString(
                  home.resolve(".gitconfig"),
                  "[core]\n\thooksPath = %s/hooks\n".formatted(workspace));
              Files.createDirectories(workspace.resolve("hooks"));
              Files.createDirectories(other.resolve(".git/refs"));
              Files.writeString(
                  other.resolve(".git/config"),
                  "[core]\n\thooksPath = workspace/around\n\tfsmonitor = workspace/watch\n");
            })) {
      outer.run(
          "echo x > hooks/pre-commit; mkdir around; echo x > around/pre-commit; echo x > watch");

      assertThat(outer.workspace.resolve("hooks")).isEmptyDirectory();
      assertThat(outer.workspace.resolve("around")).doesNotExist();
      assertThat(outer.workspace.resolve("watch")).doesNotExist();
    }
  }

  @Test
  void aRepositoryThatAGroupSharesTakesCommits() throws IOException, InterruptedException {
    Path other = Files.createDirectory(folder.resolve("shared"));
    try (Enclosed shared =
        Enclosed.open(
            new BubblewrapBackend(),
            other,
            (workspace, home) -> {
              GitScene.lay(workspace.resolve("in"));
              Files.move(workspace.resolve("in/mirror"), workspace.resolve(".git"));
              Files.writeString(
                  workspace.resolve(".git/config"),
                  "[core]\n\trepositoryformatversion = 0\n\tsharedRepository = 1\n");
              Files.setAttribute(workspace.resolve(".git"), "unix:mode", 02775);
            })) {
      assertThat(
              shared.said(
                  "umask 022; echo x > file && git add file && git -c user.name=x -c"
                      + " user.email=x@x.example commit -qm x && git log --oneline | wc -l"))
          .isEqualTo("1\n");
    }
  }

  @Test
  void aFolderOfToolsThatWentAwaySinceStopsNoCommand() throws IOException, InterruptedException {
    Path other = Files.createDirectory(folder.resolve("tools"));
    try (Enclosed tooled =
        Enclosed.open(
            new BubblewrapBackend(),
            other,
            (workspace, home) -> Files.createDirectories(home.resolve(".cargo")))) {
      Files.delete(tooled.home.resolve(".cargo"));

      assertThat(tooled.said("echo runs")).isEqualTo("runs\n");
    }
  }
}
