// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Version control: `git` and its neighbours.
///
/// Sources: svn(1) and `svn help`, hg(1), the manuals of `gh` and `glab`. Those two talk to a
/// server with the person's token, so every call of them is a question. Mercurial runs hooks,
/// aliases and extensions that a repository's configuration names, so it has no harmless call but
/// its version.
final class VersionControlShelf implements Shelf {

  private static final List<String> NAMES = List.of("gh", "git", "glab", "hg", "svn");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "git" -> new GitManual();
      case "gh", "glab" ->
          new AskManual(Set.of("gh", "glab"), name + " acts with your account on a server");
      case "hg" -> new AskManual(Set.of("hg"), "hg runs what its configuration names");
      case "svn" -> VerbManual.of("svn", svnGlobals(), VersionControlShelf::svn);
      default -> null;
    };
  }

  private static Table svnGlobals() {
    return Table.harmless("shows something about svn")
        .endsAtOperand()
        .flags("--version -q")
        .build();
  }

  private static @Nullable Table svn(String verb) {
    return switch (verb) {
      case "status", "stat", "st" ->
          svnOwn("shows the state").flags(Meaning.CHANGES, "-u --show-updates").build();
      case "diff", "di" ->
          svnOwn("shows what changed")
              .flags("--summarize --git --internal-diff --no-diff-deleted --no-diff-added")
              .flags("--ignore-properties --properties-only")
              .values("-x --extensions")
              .values(Meaning.CHANGES, "-c --change --diff-cmd --old --new")
              .operands(Operands.READ)
              .build();
      case "log", "list", "ls", "info", "blame", "cat", "checkout", "co", "update", "up" ->
          connects(verb);
      default -> null;
    };
  }

  private static Table connects(String verb) {
    return Table.of(Nature.CHANGES, "svn " + verb + " can connect to its server").build();
  }

  private static Table.Builder svnOwn(String reason) {
    return Table.harmless(reason)
        .flags("-vNq --verbose --non-recursive --quiet --no-ignore --ignore-externals --xml")
        .values("--depth --changelist")
        .values(Meaning.CHANGES, "-r --revision --config-option --config-dir");
  }
}
