// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.paths.PathJudge;
import dev.redoubt.sandbox.wall.Enclosure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Decides what may pass between the two machines, by the same table of paths as the guard.
///
/// A secret does not leave, and nothing comes that this machine would obey or run by itself. What
/// comes is foreign: a name that is none, or a link that leads out of the work, is refused.
final class Passage {

  private static final int LONGEST_PATH = 1024;
  private static final int LONGEST_NAME = 255;
  private static final int DEEPEST = 100;

  private final PathJudge judge = new PathJudge(FileFacts.NONE);
  private final PathJudge knowingGit = new PathJudge(new OnlyGit());
  private final Path workspace;
  private final Situation situation;
  private final FileFacts facts;

  Passage(Enclosure enclosure, FileFacts facts) {
    this.workspace = enclosure.workspace();
    this.facts = requireNonNull(facts, "facts");
    this.situation =
        new Situation(
            workspace.toString(),
            Situation.Trust.TRUSTED,
            Situation.Wall.NONE,
            enclosure.home().toString());
  }

  /// Returns why `path` is none that both machines can have, if so.
  Optional<String> mistake(String path) {
    if (path.length() > LONGEST_PATH) {
      return Optional.of("its name is too long");
    }
    if (path.equals(NearTree.ARRIVING) || path.startsWith(NearTree.ARRIVING + "/")) {
      return Optional.of("its name is used for what arrives");
    }
    String[] names = path.split("/", -1);
    if (names.length > DEEPEST) {
      return Optional.of("it lies too deep");
    }
    for (String name : names) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.length() > LONGEST_NAME) {
        return Optional.of("it has no plain name");
      }
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (Character.isISOControl(c) || c == '\\' || c == '\uFFFD') {
        return Optional.of("its name has a character that machines read in different ways");
      }
    }
    try {
      Path local = workspace.resolve(path);
      return local.normalize().equals(local) && local.startsWith(workspace)
          ? Optional.empty()
          : Optional.of("it does not lie in the folder of the work");
    } catch (InvalidPathException e) {
      return Optional.of("this machine cannot have a file of that name");
    }
  }

  /// Returns why the file or link at `path` stays here, if so.
  Optional<String> staysHere(String path) {
    return switch (judge(Access.READ, path)) {
      case Decision.Allow _ -> Optional.empty();
      case Decision.Ask(String _, String reason, var _) -> Optional.of(reason);
      case Decision.Deny(String _, String reason, var _) -> Optional.of(reason);
    };
  }

  /// Returns why a change of the far machine is not taken over because of the folder of git that it
  /// would lie in, if so.
  ///
  /// @param git that folder, once everything came
  Optional<String> staysThere(String git, Change change) {
    String rest = change.path().substring(git.isEmpty() ? 0 : git.length() + 1);
    return denied(
        change.to() == null ? Access.DELETE : Access.WRITE,
        (git.isEmpty() ? "" : git + "/") + ".git/" + rest);
  }

  /// Returns why a change of the far machine is not taken over, if so. A question counts as yes: a
  /// command inside any other sandbox writes such a file without one.
  Optional<String> staysThere(Change change) {
    Access access = change.to() == null ? Access.DELETE : Access.WRITE;
    Optional<String> denied = denied(access, change.path());
    return denied.isEmpty() && change.to() instanceof TreeEntry.Link(String target)
        ? strays(change.path(), target)
        : denied;
  }

  private Optional<String> denied(Access access, String path) {
    return judge(access, path) instanceof Decision.Deny(String _, String reason, var _)
        ? Optional.of(reason)
        : Optional.empty();
  }

  private Decision judge(Access access, String path) {
    PathJudge asked = access == Access.READ ? judge : knowingGit;
    return asked.judge(
        new Effect.File(access, Place.at(workspace.resolve(path).toString())), situation);
  }

  /* Only `../` at the beginning and plain names after it: behind another link, `..` leads to where
   * nobody can tell. */
  private Optional<String> strays(String path, String target) {
    String rest = target;
    while (rest.startsWith("../")) {
      rest = rest.substring(3);
    }
    if (target.isEmpty()
        || target.startsWith("/")
        || mistake(rest.equals("..") || rest.isEmpty() ? "x" : rest).isPresent()) {
      return Optional.of("it is a link that leads out of the work, or cannot be followed");
    }
    Path folder = workspace.resolve(path).getParent();
    Path leads = requireNonNull(folder).resolve(target).normalize();
    Path real = Path.of(facts.of(leads.toString()).real());
    if (!leads.startsWith(workspace) || !real.startsWith(workspace)) {
      return Optional.of("it is a link that leads out of the work");
    }
    if (leads.equals(workspace)) {
      return Optional.empty();
    }
    return denied(Access.WRITE, workspace.relativize(leads).toString());
  }

  /* The files are those of two machines, but whose folder of git is whose, this one says. */
  private final class OnlyGit implements FileFacts {
    @Override
    public Facts of(String path) {
      return FileFacts.NONE.of(path);
    }

    @Override
    public List<String> gitNames(String path, String home) {
      return facts.gitNames(path, home);
    }
  }
}
