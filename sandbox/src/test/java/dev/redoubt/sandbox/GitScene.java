// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Repositories whose folder is not called `.git`, and what attacks them.
///
/// The workspace has its folder of git in `meta`, a linked working tree of a bare repository, a
/// repository nobody works in, one that is not whole, and settings that name places.
final class GitScene {

  /* What there is and stays as it is. */
  private static final List<String> KEPT =
      List.of(
          ".git",
          "meta/config",
          "meta/hooks/post-commit",
          "tools/hooks/pre-push",
          "tools/watch",
          "git.inc",
          "cond.inc",
          "more.inc",
          ".bare/config",
          ".bare/worktrees/one/commondir",
          ".bare/worktrees/one/gitdir",
          "one/.git",
          "mirror/config",
          "half/config",
          "user/.git");

  /* What is not there and does not come. */
  private static final List<String> ABSENT =
      List.of(
          "meta/hooks/pre-commit",
          "meta/config.worktree",
          "meta/info/attributes",
          "tools/hooks/pre-commit",
          "absent.inc",
          "later/hooks/pre-commit",
          ".bare/hooks/pre-commit",
          ".bare/config.worktree",
          ".bare/worktrees/one/config.worktree",
          ".bare/worktrees/one/config",
          "mirror/hooks/pre-commit",
          "mirror/config.worktree",
          "half/hooks/pre-commit",
          "evil/config",
          "wide/config",
          "wide/hooks",
          "sub/tree/.git",
          "linked/.git",
          "made/commondir",
          "owner/worktrees/one/commondir",
          ".bare/worktrees/two/config",
          "plain/HEAD/config",
          "node_modules/a/config",
          "node_modules/b/.git/config",
          "node_modules/c/.git");

  /* Each on its own, and none may succeed. */
  private static final List<String> ATTACKS =
      List.of(
          "echo x > .git; rm -f .git; echo gitdir: ./evil > .git",
          "echo x > meta/config; rm -f meta/config; cp tools/watch meta/config",
          "git config -f meta/config core.fsmonitor ./x",
          "mv meta m2; mkdir -p meta/hooks; echo x > meta/hooks/pre-commit; mv m2/* meta",
          "echo x > meta/hooks/pre-commit; rm -rf meta/hooks",
          "echo x > meta/hooks/post-commit",
          "echo x > meta/config.worktree",
          "mkdir -p meta/info; echo x > meta/info/attributes",
          "echo ../evil > meta/commondir",
          "echo x > tools/hooks/pre-commit; echo x > tools/hooks/pre-push",
          "mv tools t2; mkdir -p tools/hooks; echo x > tools/hooks/pre-commit",
          "mv tools/hooks t3; mkdir tools/hooks; echo x > tools/hooks/pre-commit",
          "echo x > tools/watch; rm -f tools/watch; echo x > tools/watch",
          "echo x > git.inc; echo x > cond.inc; echo x > more.inc; echo x > absent.inc",
          "rm -f git.inc cond.inc more.inc; echo x > git.inc",
          "mkdir -p later/hooks; echo x > later/hooks/pre-commit",
          "echo x > .bare/config; echo x > .bare/config.worktree; echo x > .bare/hooks/pre-commit",
          "echo x > .bare/worktrees/one/commondir; echo x > .bare/worktrees/one/gitdir",
          "echo x > .bare/worktrees/one/config.worktree",
          "mkdir .bare/worktrees/one/{objects,refs}; echo x > .bare/worktrees/one/config",
          "echo gitdir: /tmp/x > one/.git",
          "echo x > mirror/config; echo x > mirror/hooks/pre-commit; echo x >"
              + " mirror/config.worktree",
          "mkdir -p half/hooks half/objects half/refs; echo x > half/hooks/pre-commit; echo x >"
              + " half/HEAD; echo x > half/config",
          // Made by the command itself.
          "mkdir -p evil/objects evil/refs; cp meta/HEAD evil; printf"
              + " '[core]\\nfsmonitor=./x\\nworktree=..\\n' > evil/config",
          "git init -q --bare wide && git config -f wide/config core.bare false && git config -f"
              + " wide/config core.worktree .. && echo x > wide/hooks/pre-commit",
          "git init -q --separate-git-dir=sep sub/tree",
          "mkdir linked; ln -s ../meta linked/.git",
          "mkdir -p made; cp meta/HEAD made; echo ../owner > made/commondir",
          "mkdir -p owner/objects owner/refs owner/worktrees/one; cp meta/HEAD owner/worktrees/one;"
              + " printf '../..\\n' > owner/worktrees/one/commondir; printf"
              + " '[core]\\nfsmonitor=x\\n' > owner/config",
          "mkdir -p .bare/worktrees/two/objects .bare/worktrees/two/refs; cp meta/HEAD"
              + " .bare/worktrees/two; printf '[core]\\nfsmonitor=x\\n' >"
              + " .bare/worktrees/two/config",
          "mkdir -p plain/HEAD/objects plain/HEAD/refs; cp meta/HEAD plain/HEAD/HEAD; printf"
              + " '[core]\\nfsmonitor=x\\n' > plain/HEAD/config",
          "mkdir -p node_modules/c; cp -r plain/HEAD node_modules/a; git init -q node_modules/b;"
              + " git config -f node_modules/b/.git/config core.fsmonitor ./x; echo gitdir: ../a >"
              + " node_modules/c/.git");

  private GitScene() {}

  static void lay(Path workspace) throws IOException {
    folder(workspace.resolve("meta"));
    write(workspace, ".git", "gitdir: ./meta\n");
    write(workspace, "meta/hooks/post-commit", "#!/bin/sh\n");
    write(
        workspace,
        "meta/config",
        """
        [core]
          repositoryformatversion = 0
          hooksPath = tools/hooks
          fsmonitor = "sh tools/watch"
        [include]
          path = ../git.inc
          path = ../absent.inc
        [includeIf "gitdir:/nowhere"]
          path = ../cond.inc
        """);
    write(workspace, "git.inc", "[include]\n\tpath = more.inc\n");
    write(workspace, "more.inc", "[core]\n\thooksPath = later/hooks\n");
    write(workspace, "cond.inc", "");
    write(workspace, "tools/hooks/pre-push", "#!/bin/sh\n");
    write(workspace, "tools/watch", "false\n");
    folder(workspace.resolve(".bare"));
    write(workspace, ".bare/worktrees/one/HEAD", "ref: refs/heads/one\n");
    write(workspace, ".bare/worktrees/one/commondir", "../..\n");
    write(workspace, ".bare/worktrees/one/gitdir", workspace.resolve("one/.git") + "\n");
    write(workspace, "one/.git", "gitdir: " + workspace.resolve(".bare/worktrees/one") + "\n");
    folder(workspace.resolve("mirror"));
    write(workspace, "half/config", "[core]\n");
    write(workspace, "user/.git", "gitdir: ../half\n");
    write(workspace, "readme", "hello");
  }

  private static void folder(Path git) throws IOException {
    Files.createDirectories(git.resolve("objects"));
    Files.createDirectories(git.resolve("refs/heads"));
    Files.createDirectories(git.resolve("hooks"));
    write(git, "HEAD", "ref: refs/heads/main\n");
    write(git, "config", "[core]\n\trepositoryformatversion = 0\n\tbare = true\n");
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// Returns every attack, one after the other, as a line for a shell.
  static String attacks() {
    StringBuilder all = new StringBuilder();
    ATTACKS.forEach(attack -> all.append("( ").append(attack).append(" ) 2>/dev/null\n"));
    return all.append("echo over\n").toString();
  }

  /// Returns what a command may still do there.
  static String ordinaryWork() {
    return "echo x > meta/index && echo x > .bare/worktrees/one/index && echo x > mirror/HEAD.lock"
        + " && mkdir -p meta/objects/ab && echo x > meta/objects/ab/cd && mv meta/index meta/i2 &&"
        + " echo x > meta/refs/heads/main && echo x > tools/other && echo x > one/file";
  }

  /// Returns what is to stay, as it is now.
  static Map<String, String> kept(Path workspace) throws IOException {
    Map<String, String> kept = new TreeMap<>();
    for (String name : KEPT) {
      Path file = workspace.resolve(name);
      kept.put(name, Files.isRegularFile(file) ? Files.readString(file) : "gone");
    }
    return kept;
  }

  /// Asserts that nothing came that git would obey.
  static void assertNothingCame(Path workspace) {
    assertThat(ABSENT).filteredOn(name -> Files.exists(workspace.resolve(name))).isEmpty();
    assertThat(workspace.resolve("meta/commondir"))
        .satisfiesAnyOf(
            file -> assertThat(file).doesNotExist(), file -> assertThat(file).hasContent("."));
  }
}
