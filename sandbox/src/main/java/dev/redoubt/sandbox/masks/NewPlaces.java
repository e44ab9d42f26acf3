// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.sandbox.masks.Mask.Kind;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The protected places of a workspace that were not there before a command ran, wherever it made
/// them: a hook in a repository of its own, the settings of an editor in a folder.
///
/// What git writes into every new repository and worktree, and runs nothing, is not among them. A
/// folder that nobody can look into, because what lies in it has no path, is.
final class NewPlaces {

  /* Lies where no walk goes. */
  private static final Path ALTERNATES = Path.of("objects", "info", "alternates");

  private final ProtectedPlaces places;
  private final Path workspace;
  private final GitPlaces git;
  private final Set<Path> known = new HashSet<>();

  NewPlaces(ProtectedPlaces places, Path workspace, Masks before) {
    this.places = places;
    this.workspace = workspace;
    this.git = before.git();
    before.workspace().forEach(mask -> known.add(mask.path()));
  }

  /// Returns them, none of which lies in another one. All lie in the workspace: where a link leads
  /// that a command made, it has written nothing.
  ///
  /// @param standing what stands in for absent places
  Set<Path> in(Masks after, Set<Path> standing) {
    Set<Path> found = new TreeSet<>();
    for (Mask mask : after.workspace()) {
      Path path = mask.path();
      if (!path.startsWith(workspace) || path.equals(workspace)) {
        continue;
      }
      boolean repository =
          mask.kind() == Kind.FOLDER
              && path.endsWith(".git")
              && after.repositories().contains(path.getParent());
      if (!known.contains(path) && WorkspaceWalk.isTooLong(path)) {
        // What nobody can look into could hold anything.
        found.add(path);
      } else if (!known.contains(path)
          && !standing.contains(path)
          && !repository
          && (places.isObeyed(path.toString()) || after.git().isObeyed(places, path))
          && !HarmlessGit.is(path, git, after.git())) {
        found.add(path);
      }
    }
    List<Path> folders = new ArrayList<>(after.git().dotted());
    folders.addAll(after.git().others());
    for (Path folder : folders) {
      Path alternates = folder.resolve(ALTERNATES);
      if (!git.holds(folder) && Files.exists(alternates, LinkOption.NOFOLLOW_LINKS)) {
        found.add(alternates);
      }
    }
    Set<Path> outermost = new TreeSet<>(found);
    outermost.removeIf(path -> found.stream().anyMatch(o -> path.startsWith(o) && !path.equals(o)));
    return outermost;
  }
}
