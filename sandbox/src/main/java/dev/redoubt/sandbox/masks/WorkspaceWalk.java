// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.masks.Mask.Kind;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Looks for what is closed in a workspace.
///
/// Follows no link. Left out are `node_modules`, whose thousands of files are other people's
/// published ones, and the objects and logs of git. What is closed is not entered.
final class WorkspaceWalk {

  /// How many names are looked at. Above it nothing is masked at all, so nothing may run.
  static final int MOST = 500_000;

  private final ProtectedPlaces places;
  private final int most;
  private final Path root;
  private final List<Mask> masks = new ArrayList<>();
  private final List<Path> repositories = new ArrayList<>();
  private final Deque<Path> folders = new ArrayDeque<>();
  private int seen;

  /// @param root the workspace, a real path
  WorkspaceWalk(ProtectedPlaces places, Path root, int most) {
    this.places = places;
    this.root = root;
    this.most = most;
  }

  List<Mask> masks() {
    return masks;
  }

  List<Path> repositories() {
    return repositories;
  }

  /// Looks through `folder`, which is not itself judged.
  ///
  /// @throws WallException if there is more than can be looked at
  void through(Path folder) throws IOException {
    folders.add(folder);
    while (!folders.isEmpty()) {
      list(folders.remove());
    }
    masks.sort(java.util.Comparator.comparing(Mask::path));
  }

  private void list(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (++seen > most) {
          throw WallException.refused(
              "more than %d files lie in the workspace, too many to look for secrets among"
                  .formatted(most),
              "work in a folder of it");
        }
        look(entry);
      }
    } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
      // Gone meanwhile, or closed to this user and so to every command.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void look(Path entry) throws IOException {
    BasicFileAttributes facts;
    try {
      facts = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    String name = entry.getFileName().toString();
    Closing closing = places.couldClose(name) ? places.at(entry.toString()) : Closing.OPEN;
    Kind kind = facts.isSymbolicLink() ? Kind.LINK : facts.isDirectory() ? Kind.FOLDER : Kind.FILE;
    if (closing != Closing.OPEN) {
      masks.add(new Mask(entry, closing, kind));
      if (kind == Kind.LINK) {
        addTarget(entry, closing);
      }
    }
    if (kind == Kind.FOLDER && name.equals(".git") && !isRepository(entry)) {
      // Half a repository, or what stands in for an absent one: nobody may make it a whole one.
      masks.add(new Mask(entry, Closing.READ_ONLY, kind));
      return;
    }
    boolean entered = closing == Closing.OPEN || closing == Closing.PINNED;
    if (kind == Kind.FOLDER && entered && !isLeftOut(entry, name)) {
      if (name.equals(".git") && entry.getParent() != null) {
        repositories.add(entry.getParent());
      }
      folders.add(entry);
    }
  }

  private static boolean isRepository(Path git) {
    return Files.exists(git.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS);
  }

  /* A link that somebody committed must not be able to hide a folder of the system. */
  private void addTarget(Path link, Closing closing) {
    try {
      Path real = link.toRealPath();
      if (Files.isRegularFile(real)) {
        masks.add(new Mask(real, closing, Kind.FILE));
      } else if (real.startsWith(root) && !real.equals(root)) {
        masks.add(new Mask(real, closing, Kind.FOLDER));
      }
    } catch (IOException e) {
      // It leads nowhere.
    }
  }

  private static boolean isLeftOut(Path entry, String name) {
    if (name.equals("node_modules")) {
      return true;
    }
    Path parent = entry.getParent();
    boolean ofGit = parent != null && parent.endsWith(".git");
    return ofGit && (name.equals("objects") || name.equals("logs") || name.equals("refs"));
  }
}
