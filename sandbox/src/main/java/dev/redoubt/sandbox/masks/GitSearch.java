// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.git.GitFolder;
import dev.redoubt.sandbox.git.GitPerson;
import dev.redoubt.sandbox.git.GitSettings;
import dev.redoubt.sandbox.git.NamedPlace;
import dev.redoubt.sandbox.git.NamedPlace.Sort;
import dev.redoubt.sandbox.masks.Mask.Kind;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows from what a walk met to everything that git obeys in a workspace: to where a `.git` that
/// is a file leads, to the common folder of a linked working tree, to what the settings name.
final class GitSearch {

  private static final String GIT = ".git";
  private static final List<String> IN_A_FOLDER =
      ProtectedPlaces.inEveryFolder().stream()
          .filter(name -> name.startsWith(GIT + "/"))
          .map(name -> name.substring(GIT.length() + 1))
          .toList();

  private final ProtectedPlaces places;
  private final Path root;
  private final GitPerson person;
  private final Set<Path> dotted = new LinkedHashSet<>();
  private final Set<Path> others = new LinkedHashSet<>();
  private final Set<Path> named = new LinkedHashSet<>();
  private final List<Mask> masks = new ArrayList<>();
  private final Set<Absent> absent = new LinkedHashSet<>();
  private final Set<Path> shut = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();

  GitSearch(ProtectedPlaces places, Enclosure enclosure) {
    this.places = places;
    this.root = enclosure.workspace();
    this.person = enclosure.kept().git();
  }

  /// Returns what lies in a folder of git and is closed, without what is called differently each
  /// time.
  static List<String> inAFolder() {
    return IN_A_FOLDER;
  }

  /// Returns the folders of git alone, whatever their settings say.
  static GitPlaces folders(WorkspaceWalk walk) {
    List<Path> dotted = walk.repositories().stream().map(at -> at.resolve(GIT)).toList();
    return new GitPlaces(dotted, walk.gits(), List.of(), List.of(), List.of());
  }

  /// Returns everything. A repository below the workspace's own folder whose settings cannot be
  /// understood is closed as a whole, for they could name anything in it.
  ///
  /// @throws WallException if a folder is named in which everything is obeyed, the whole workspace
  /// @throws IOException if the settings of the workspace itself cannot be understood
  GitPlaces places(WorkspaceWalk walk) throws IOException {
    for (Path file : person.settings()) {
      name(new NamedPlace(file, Sort.SETTINGS));
    }
    // A repository that a command makes in the workspace has what the person's settings name.
    nameAll(root, root.resolve(GIT));
    around();
    others.addAll(walk.gits());
    for (Path git : walk.gits()) {
      // Git does not see an empty folder. Files would show where people keep such a folder in git.
      absent.add(Absent.in(git).getFirst());
    }
    for (Path tree : walk.repositories()) {
      Path git = tree.resolve(GIT);
      dotted.add(git);
      Absent.in(git).forEach(absent::add);
      understood(tree, () -> follow(tree, git));
    }
    for (Mask mask : List.copyOf(walk.masks())) {
      Path tree = mask.path().getParent();
      if (mask.path().endsWith(GIT) && mask.kind() != Kind.FOLDER && tree != null) {
        understood(
            tree,
            () -> {
              var leads = GitFolder.at(mask.path());
              if (leads.isPresent()) {
                follow(tree, leads.get());
              }
            });
      }
    }
    for (Path git : walk.gits()) {
      if (git.equals(root)) {
        addAbsent(git);
      }
      understood(git, () -> nameAll(git, git));
    }
    absent.removeIf(place -> isShut(place.path()));
    return new GitPlaces(
        List.copyOf(dotted), List.copyOf(others), List.copyOf(named), masks, List.copyOf(absent));
  }

  /// Returns what there is to tell a person about what was found.
  List<String> notes() {
    return notes;
  }

  /// Returns `found` with nothing left to write in a repository that is closed as a whole: a mount
  /// of what is only pinned there could be written.
  List<Mask> shut(List<Mask> found) {
    return found.stream()
        .map(mask ->
            mask.closing() == Closing.PINNED && isShut(mask.path())
                ? new Mask(mask.path(), Closing.READ_ONLY, mask.kind())
                : mask)
        .toList();
  }

  private boolean isShut(Path path) {
    return shut.stream().anyMatch(path::startsWith);
  }

  private interface Reading {
    void run() throws IOException;
  }

  private void understood(Path tree, Reading reading) throws IOException {
    try {
      reading.run();
    } catch (WallException e) {
      throw e;
    } catch (IOException e) {
      if (tree.equals(root)) {
        throw e;
      }
      notes.add(
          "the settings of git in \"%s\" cannot be understood, so commands only read that folder: %s"
              .formatted(tree, e.getMessage()));
      shut.add(tree);
      masks.add(new Mask(tree, Closing.READ_ONLY, Kind.FOLDER));
    }
  }

  /* The workspace may be a folder of a repository, whose settings can name places in it. */
  private void around() throws IOException {
    for (Path tree = root.getParent(); tree != null; tree = tree.getParent()) {
      Path dotGit = tree.resolve(GIT);
      if (Files.exists(dotGit)) {
        var leads = GitFolder.at(dotGit);
        if (leads.isPresent()) {
          follow(tree, leads.get());
        }
      }
    }
  }

  private void addAbsent(Path git) {
    // The folder of a linked working tree has neither settings nor hooks of its own.
    if (!Files.exists(git.resolve(GitFolder.COMMON), LinkOption.NOFOLLOW_LINKS)) {
      Absent.in(git).forEach(absent::add);
    }
  }

  private void follow(Path tree, Path folder) throws IOException {
    close(folder);
    close(GitFolder.common(folder));
    nameAll(tree, folder);
  }

  private void nameAll(Path tree, Path folder) throws IOException {
    for (NamedPlace place : GitSettings.of(tree, folder, person)) {
      name(place);
    }
  }

  /* Even when it looks like none: what makes it one could come later. */
  private void close(Path folder) throws IOException {
    Path git = real(folder);
    if (!git.startsWith(root) || !Files.isDirectory(git) || isInDotted(git)) {
      return;
    }
    addAbsent(git);
    if (!others.add(git)) {
      return;
    }
    for (String name : IN_A_FOLDER) {
      Path path = git.resolve(name);
      Closing closing = places.at(GitPlaces.asNamed(git, path).toString());
      if (closing != Closing.OPEN && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        masks.add(new Mask(path, closing, Node.of(path).kind()));
      }
    }
  }

  /* Submodules and linked working trees, whose names the table has. */
  private static boolean isInDotted(Path git) {
    for (Path name : git) {
      if (name.toString().equals(GIT)) {
        return true;
      }
    }
    return false;
  }

  private void name(NamedPlace place) throws IOException {
    Path path = place.path();
    Path real = real(path);
    if (!real.startsWith(root) && !path.startsWith(root)) {
      return;
    }
    if (real.equals(root)) {
      throw WallException.refused(
          "git takes its hooks from \"%s\", the workspace itself".formatted(real),
          "give them a folder of their own: git config core.hooksPath");
    }
    named.add(real);
    Path link = firstLink(path);
    if (link != null) {
      masks.add(new Mask(link, Closing.READ_ONLY, Kind.LINK));
    }
    if (!real.startsWith(root)) {
      return;
    }
    if (Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
      masks.add(new Mask(real, Closing.READ_ONLY, Node.of(real).kind()));
    }
    Path folder = real.getParent();
    if (folder != null && Files.isDirectory(folder) && place.sort() != Sort.PROGRAM) {
      absent.add(
          new Absent(real, place.sort() == Sort.HOOKS ? Absent.Kind.FOLDER : Absent.Kind.FILE));
    }
  }

  private @Nullable Path firstLink(Path path) {
    if (!path.startsWith(root)) {
      return null;
    }
    Path at = root;
    for (Path name : root.relativize(path)) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at)) {
        return at;
      }
    }
    return null;
  }

  /* Of what does not exist the folder that does. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path above = path.getParent();
      return above == null || path.getFileName() == null
          ? path
          : real(above).resolve(path.getFileName());
    }
  }
}
