// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.kernel.HeldFolder;
import dev.redoubt.sandbox.masks.Mask.Kind;
import dev.redoubt.sandbox.wall.Undone;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The protected places that did not exist, and the links that led there, before a command ran:
/// what no mount holds. When the command has ended, they are made so again.
///
/// Every folder is looked at. What git writes into each new repository stays, if it runs nothing.
final class Appearances {

  private static final List<String> BELOW_A_FOLDER =
      ProtectedPlaces.inEveryFolder().stream().filter(name -> name.contains("/")).toList();

  private static final char END = '\0';

  private final ProtectedPlaces places;
  private final List<Path> roots;
  private final Set<Path> known = new HashSet<>();
  private final Map<Path, List<Path>> absent = new LinkedHashMap<>();
  private final Map<Path, Path> links = new LinkedHashMap<>();
  private final Masks masks;
  private final NewPlaces anywhere;

  private Appearances(ProtectedPlaces places, Path workspace, List<Path> roots, Masks masks) {
    this.masks = masks;
    this.places = places;
    this.roots = roots;
    this.anywhere = new NewPlaces(places, workspace, masks);
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
    Appearances before = new Appearances(places, workspace, roots, masks);
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
      if (mask.kind() == Kind.LINK
          && (mask.closing() != Closing.HIDDEN || places.isObeyed(mask.path().toString()))) {
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

  /// Returns what is known, as [#read] takes it: entries of a letter and a path, each ended by a
  /// NUL.
  String written() {
    StringBuilder text = new StringBuilder();
    roots.forEach(root -> entry(text, 'R', root));
    known.forEach(path -> entry(text, 'K', path));
    absent.forEach((root, names) -> {
      entry(text, 'A', root);
      names.forEach(name -> entry(text, 'N', name));
    });
    links.forEach((link, target) -> {
      entry(text, 'L', link);
      entry(text, 'T', target);
    });
    masks.workspace().forEach(mask -> entry(text, 'M', mask.path()));
    masks.git().dotted().forEach(folder -> entry(text, 'G', folder));
    masks.git().others().forEach(folder -> entry(text, 'O', folder));
    return text.toString();
  }

  private static void entry(StringBuilder text, char kind, Path path) {
    text.append(kind).append(RawPath.written(path)).append(END);
  }

  /// Returns what was known when `text` was written.
  ///
  /// @throws IOException if it is none
  static Appearances read(ProtectedPlaces places, Path workspace, String text) throws IOException {
    Map<Character, List<Path>> read = new HashMap<>();
    Map<Path, List<Path>> absent = new LinkedHashMap<>();
    Map<Path, Path> links = new LinkedHashMap<>();
    Path last = workspace;
    for (String entry : text.split("\0", -1)) {
      if (entry.isEmpty()) {
        continue;
      }
      char kind = entry.charAt(0);
      Path path = RawPath.read(entry.substring(1));
      switch (kind) {
        case 'R', 'K', 'M', 'G', 'O' ->
            read.computeIfAbsent(kind, _ -> new ArrayList<>()).add(path);
        case 'A' -> absent.put(path, new ArrayList<>());
        case 'N' -> absent.getOrDefault(last, new ArrayList<>()).add(path);
        case 'L' -> {}
        case 'T' -> links.put(last, path);
        default -> throw new IOException("what was there before a command cannot be read");
      }
      last = kind == 'A' || kind == 'L' ? path : last;
    }
    List<Mask> masks = new ArrayList<>();
    for (Path path : read.getOrDefault('M', List.of())) {
      masks.add(new Mask(path, Closing.READ_ONLY, Kind.FILE));
    }
    Appearances before =
        new Appearances(
            places,
            workspace,
            read.getOrDefault('R', List.of()),
            new Masks(
                masks,
                List.of(),
                List.of(),
                new GitPlaces(
                    read.getOrDefault('G', List.of()),
                    read.getOrDefault('O', List.of()),
                    List.of(),
                    List.of(),
                    List.of())));
    before.known.addAll(read.getOrDefault('K', List.of()));
    before.absent.putAll(absent);
    before.links.putAll(links);
    return before;
  }

  /// Returns what was closed.
  Set<Path> known() {
    Set<Path> closed = new HashSet<>();
    masks.workspace().forEach(mask -> closed.add(mask.path()));
    return closed;
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
  /// @param spared whether what lies at a path came when the command had ended
  /// @return the places; what could not be undone is left to the next [Quarantine#retry]
  Undone undo(Quarantine quarantine, Masks after, Set<Path> standing, Predicate<Path> spared)
      throws IOException {
    List<String> notes = new ArrayList<>();
    List<Path> undone = new ArrayList<>();
    Failures failures = new Failures();
    for (Path path : appeared(after, standing, notes)) {
      try {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        if (spared.test(path)) {
          notes.add("\"%s\" is protected and came later: it stays".formatted(path));
          continue;
        }
        quarantine.take(path);
        undone.add(path);
      } catch (AtomicMoveNotSupportedException e) {
        notes.add(stays(path, quarantine));
      } catch (IOException e) {
        failures.add(path, e);
      }
    }
    for (Map.Entry<Path, Path> link : links.entrySet()) {
      Path path = link.getKey();
      try {
        if (!spared.test(path) && putBack(path, link.getValue(), quarantine)) {
          undone.add(path);
        }
      } catch (AtomicMoveNotSupportedException e) {
        notes.add(stays(path, quarantine));
      } catch (IOException e) {
        failures.add(path, e);
      }
    }
    quarantine.owe(failures.paths());
    return new Undone(undone, failures.paths(), quarantine.folder(), notes);
  }

  private static String stays(Path path, Quarantine quarantine) {
    return "\"%s\" is protected and stays, closed to commands: \"%s\" is on another file system"
        .formatted(path, quarantine.folder());
  }

  /* A folder that cannot be looked into keeps nothing else from being found, and is not taken. */
  private Set<Path> appeared(Masks after, Set<Path> standing, List<String> notes) {
    Set<Path> appeared = new LinkedHashSet<>();
    for (Path root : roots) {
      if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
        try {
          appeared.addAll(closedIn(root));
        } catch (IOException e) {
          notes.add("\"%s\" cannot be looked through".formatted(root));
        }
      }
    }
    appeared.removeAll(known);
    appeared.addAll(expected(after));
    appeared.addAll(anywhere.in(after, standing));
    appeared.removeAll(links.keySet());
    appeared.removeAll(standing);
    return appeared;
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

  private Set<Path> expected(Masks after) {
    Set<Path> appeared = new LinkedHashSet<>();
    for (Map.Entry<Path, List<Path>> each : absent.entrySet()) {
      if (Files.isDirectory(each.getKey(), LinkOption.NOFOLLOW_LINKS)) {
        for (Path name : each.getValue()) {
          Path path = present(each.getKey(), name.toString());
          if (path != null && !HarmlessGit.is(path, masks.git(), after.git())) {
            appeared.add(path);
          }
        }
      }
    }
    return appeared;
  }
}
