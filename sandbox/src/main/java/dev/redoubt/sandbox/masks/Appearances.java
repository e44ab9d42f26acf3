// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.kernel.HeldFolder;
import dev.redoubt.sandbox.masks.Mask.Kind;
import dev.redoubt.sandbox.wall.Undone;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The protected places that did not exist, and the links that led there, before a command ran:
/// what no mount holds. When the command has ended, they are made so again.
///
/// Every folder is looked at. What git writes into each new repository stays, if it runs nothing.
final class Appearances {

  private static final List<String> BELOW_A_FOLDER =
      ProtectedPlaces.inEveryFolder().stream().filter(name -> name.contains("/")).toList();

  private final ProtectedPlaces places;
  private final List<Path> roots;
  private final Set<Path> known = new HashSet<>();
  private final Map<Path, List<Path>> absent = new LinkedHashMap<>();
  private final Map<Path, Path> links = new LinkedHashMap<>();
  private final NewPlaces anywhere;

  private Appearances(ProtectedPlaces places, List<Path> roots, Masks masks) {
    this.places = places;
    this.roots = roots;
    this.anywhere = new NewPlaces(places, masks);
  }

  /// Looks at what is there before a command runs.
  ///
  /// @param masks what is there and closed
  static Appearances before(ProtectedPlaces places, Path workspace, Masks masks)
      throws IOException {
    List<Path> roots = new ArrayList<>(masks.repositories());
    if (!roots.contains(workspace)) {
      roots.add(workspace);
    }
    Appearances before = new Appearances(places, roots, masks);
    for (Path root : roots) {
      before.known.addAll(before.closedIn(root));
      before.expect(root, BELOW_A_FOLDER);
    }
    for (Path git : masks.git().others()) {
      before.expect(git, GitSearch.inAFolder());
    }
    for (Path named : masks.git().named()) {
      if (named.startsWith(workspace)) {
        before.expect(workspace, List.of(workspace.relativize(named).toString()));
      }
    }
    for (Mask mask : masks.workspace()) {
      if (mask.kind() == Kind.LINK && mask.closing() != Closing.HIDDEN) {
        before.links.put(mask.path(), Files.readSymbolicLink(mask.path()));
      }
    }
    return before;
  }

  private void expect(Path root, List<String> names) {
    List<Path> missing = absent.computeIfAbsent(root, _ -> new ArrayList<>());
    for (String name : names) {
      if (present(root, name) == null) {
        missing.add(Path.of(name));
      }
    }
  }

  /* Everything in one folder that is protected, whatever it is called. */
  private List<Path> closedIn(Path root) throws IOException {
    List<Path> closed = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        if (places.couldClose(entry.getFileName().toString())
            && places.isObeyed(entry.toString())) {
          closed.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return closed;
  }

  /* What is there of root/name: all of it, or the link on the way that leads elsewhere. */
  private static @Nullable Path present(Path root, String name) {
    Path at = root;
    for (Path part : Path.of(name)) {
      at = at.resolve(part);
      if (Files.isSymbolicLink(at)) {
        return at;
      }
      if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        return null;
      }
    }
    return at;
  }

  /// Moves away what appeared and puts back what was replaced. Called when nothing of the command
  /// runs any more.
  ///
  /// @param quarantine for what is moved
  /// @param after what is there and closed now
  /// @param standing what stands in for absent places
  /// @return the places; what could not be undone is left to the next [Quarantine#retry]
  Undone undo(Quarantine quarantine, Masks after, Set<Path> standing) throws IOException {
    Set<Path> appeared = new LinkedHashSet<>();
    for (Path root : roots) {
      if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
        appeared.addAll(closedIn(root));
      }
    }
    appeared.removeAll(known);
    appeared.addAll(expected());
    appeared.addAll(anywhere.in(after, standing));
    appeared.removeAll(links.keySet());
    List<Path> undone = new ArrayList<>();
    Failures failures = new Failures();
    for (Path path : appeared) {
      try {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          quarantine.take(path);
          undone.add(path);
        }
      } catch (IOException e) {
        failures.add(path, e);
      }
    }
    for (Map.Entry<Path, Path> link : links.entrySet()) {
      try {
        if (putBack(link.getKey(), link.getValue(), quarantine)) {
          undone.add(link.getKey());
        }
      } catch (IOException e) {
        failures.add(link.getKey(), e);
      }
    }
    quarantine.owe(failures.paths());
    return new Undone(undone, failures.paths(), quarantine.folder());
  }

  private static boolean putBack(Path path, Path target, Quarantine quarantine) throws IOException {
    boolean same = Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(target);
    Path folder = path.getParent();
    if (same || folder == null || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      quarantine.take(path);
    }
    Reopened.open(folder);
    try (HeldFolder held = HeldFolder.of(folder)) {
      Files.createSymbolicLink(held.path().resolve(path.getFileName()), target);
    }
    return true;
  }

  private Set<Path> expected() {
    Set<Path> appeared = new LinkedHashSet<>();
    for (Map.Entry<Path, List<Path>> each : absent.entrySet()) {
      if (Files.isDirectory(each.getKey(), LinkOption.NOFOLLOW_LINKS)) {
        for (Path name : each.getValue()) {
          Path path = present(each.getKey(), name.toString());
          if (path != null) {
            appeared.add(path);
          }
        }
      }
    }
    return appeared;
  }
}
