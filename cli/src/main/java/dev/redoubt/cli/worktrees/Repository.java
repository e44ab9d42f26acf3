// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.worktrees;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The repository of a worktree: one of its own, without history, remotes or hooks, so that git in
/// it looks no further.
public final class Repository {

  private Repository() {}

  /// Lays an empty one into `tree`.
  static void lay(Path tree) throws IOException {
    Path git = Files.createDirectory(tree.resolve(".git"));
    Files.createDirectories(git.resolve("objects"));
    Files.createDirectories(git.resolve("refs/heads"));
    Files.createDirectories(git.resolve("hooks"));
    Files.createDirectories(git.resolve("info"));
    Files.write(git.resolve("HEAD"), "ref: refs/heads/worktree\n".getBytes(UTF_8));
    Files.write(
        git.resolve("config"),
        "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n"
            .getBytes(UTF_8));
  }

  /// Returns whether `folder` lies in a repository.
  public static boolean isAround(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return true;
      }
    }
    return false;
  }

  /// Returns what commits everything that lies in `tree`, to be done inside its sandbox.
  public static Action commit(Path tree) {
    return new Action.Run(
        new Program.Line(
            Program.Shell.BASH,
            "git add -A && git -c user.name=redoubt -c user.email=redoubt@localhost"
                + " -c commit.gpgsign=false commit -q --no-verify -m 'as the workspace was'"),
        tree,
        Map.of(),
        Action.Input.NOTHING);
  }

  /// Returns what names the files of `folder` with changes that are not committed.
  public static Action status(Path folder) {
    return new Action.Run(
        new Program.Line(Program.Shell.BASH, "git status --porcelain"),
        folder,
        Map.of(),
        Action.Input.NOTHING);
  }
}
