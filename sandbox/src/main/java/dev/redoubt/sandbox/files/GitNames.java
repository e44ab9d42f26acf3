// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import dev.redoubt.sandbox.git.GitFolder;
import dev.redoubt.sandbox.git.GitPerson;
import dev.redoubt.sandbox.git.GitSettings;
import dev.redoubt.sandbox.git.NamedPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Finds what a path means to git: the same place as it would be called below a `.git`.
final class GitNames {

  private static final String GIT = ".git";

  private final UnaryOperator<Path> lies;
  private final Path path;
  private final GitPerson person;
  private final Set<Path> names = new LinkedHashSet<>();

  private GitNames(UnaryOperator<Path> lies, Path path, GitPerson person) {
    this.lies = lies;
    this.path = path;
    this.person = person;
  }

  /// @param path absolute, without links; need not exist
  static Set<Path> of(UnaryOperator<Path> lies, Path path, GitPerson person) throws IOException {
    GitNames found = new GitNames(lies, path, person);
    for (Path at = path; at != null; at = at.getParent()) {
      found.look(at);
    }
    for (Path settings : person.settings()) {
      if (settings.equals(path)) {
        found.names.add(path.resolveSibling(GIT).resolve("config"));
      }
    }
    return found.names;
  }

  private void look(Path at) throws IOException {
    Path rest = at.relativize(path);
    boolean own = GitFolder.is(name -> rest.startsWith(name) || exists(at.resolve(name)));
    if (own && !at.endsWith(GIT)) {
      addBelow(at);
      named(at, at);
    }
    Path dotGit = lies.apply(at.resolve(GIT));
    if (Files.exists(dotGit)) {
      Path folder = GitFolder.at(dotGit).orElse(dotGit);
      Path here = folder.equals(dotGit) ? at.resolve(GIT) : folder;
      addBelow(here);
      addBelow(GitFolder.common(folder));
      named(at, folder);
    }
  }

  private boolean exists(Path file) {
    return Files.exists(lies.apply(file), LinkOption.NOFOLLOW_LINKS);
  }

  private void addBelow(Path folder) {
    Path real = real(folder);
    if (path.startsWith(real) && !real.endsWith(GIT)) {
      names.add(real.resolve(GIT).resolve(real.relativize(path)).normalize());
    }
  }

  private void named(Path tree, Path folder) throws IOException {
    for (NamedPlace place : GitSettings.of(tree, folder, person)) {
      Path real = real(place.path());
      Path git = tree.resolve(GIT);
      switch (place.sort()) {
        case HOOKS -> {
          if (path.startsWith(real) && !tree.startsWith(real)) {
            names.add(git.resolve("hooks").resolve(real.relativize(path)).normalize());
          } else if (path.startsWith(real) && path.getNameCount() == real.getNameCount() + 1) {
            names.add(git.resolve("hooks").resolve(path.getFileName()));
          }
        }
        case SETTINGS -> addIfSame(real, git.resolve("config"));
        case PROGRAM -> addIfSame(real, git.resolve("program").resolve(path.getFileName()));
      }
    }
  }

  private void addIfSame(Path real, Path name) {
    if (path.equals(real)) {
      names.add(name);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      // It does not exist: what is written there comes by this name.
      return path;
    }
  }
}
