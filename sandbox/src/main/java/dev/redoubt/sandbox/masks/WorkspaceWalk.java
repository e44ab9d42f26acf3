// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.git.GitFolder;
import dev.redoubt.sandbox.masks.FolderLook.Origin;
import dev.redoubt.sandbox.masks.FolderLook.Stamp;
import dev.redoubt.sandbox.masks.FolderLook.Twin;
import dev.redoubt.sandbox.masks.FolderLook.Visit;
import dev.redoubt.sandbox.masks.Mask.Kind;
import dev.redoubt.sandbox.masks.Node.Identity;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks for what is closed in a workspace: by its name, because a link leads there, or because it
/// is another name of a file that is closed. A folder that git would take for its own is closed
/// like a `.git`, whatever it is called.
///
/// Follows no link. Left out are the objects, logs and references of git. Below `node_modules` only
/// secrets and what git obeys count: what published packages would have an editor obey, nobody
/// does. What is closed is entered only for the other names of its files. A folder that cannot be
/// read, or lies so deep that what is in it has no path, is hidden as a whole.
final class WorkspaceWalk {

  /// How many names are looked at. Above it nothing is masked at all, so nothing may run.
  static final int MOST = 500_000;

  /* There are more of them, and people do not choose how many. */
  private static final int TIMES_AS_MANY_PACKAGES = 6;

  /* The system takes no path of 4,096 bytes or more, and bwrap puts a few before it: a folder whose
   * names could make one is looked into by nobody. */
  private static final int LONGEST = 3_600;
  private static final int BYTES_PER_CHARACTER = 3;

  private static final String PACKAGES = "node_modules";
  private static final String GIT = ".git";
  private static final Path SUBMODULES = Path.of(".git", "modules");

  private final ProtectedPlaces places;
  private final int most;
  private final Path root;
  private final FolderLooks looks;
  private final Listing listing;
  private final List<Mask> masks = new ArrayList<>();
  private final List<Mask> targets = new ArrayList<>();
  private final List<Twin> twins = new ArrayList<>();
  private final List<Path> repositories = new ArrayList<>();
  private final List<Path> gits = new ArrayList<>();
  private final Deque<Visit> visits = new ArrayDeque<>();
  private final Map<Origin, Long> seen = new EnumMap<>(Origin.class);
  private long newestTwin;
  private long oldestLook;

  /// Says what lies in a folder.
  @FunctionalInterface
  interface Listing {
    DirectoryStream<Path> of(Path folder) throws IOException;
  }

  /// @param root the workspace, a real path
  WorkspaceWalk(ProtectedPlaces places, Path root, int most, FolderLooks looks) {
    this(places, root, most, looks, Files::newDirectoryStream);
  }

  WorkspaceWalk(ProtectedPlaces places, Path root, int most, FolderLooks looks, Listing listing) {
    this.listing = listing;
    this.places = places;
    this.root = root;
    this.most = most;
    this.looks = looks;
  }

  List<Mask> masks() {
    return masks;
  }

  List<Path> repositories() {
    return repositories;
  }

  /// Returns the folders that git would take for its own and that are not called `.git`.
  List<Path> gits() {
    return gits;
  }

  /// Returns whether any file that was seen has another name.
  boolean sawTwins() {
    return !twins.isEmpty();
  }

  /// Looks through `folder`, which is not itself judged.
  ///
  /// @throws WallException if there is more than can be looked at
  void through(Path folder) throws IOException {
    pass(folder, Long.MIN_VALUE);
    /* A file gets another name in one folder, and the folder of its first name does not change. So
     * what was read before the last time that happened is read again. */
    long since = newestTwin + looks.grain();
    if (!twins.isEmpty() && oldestLook < since) {
      pass(folder, since);
    }
    masks.addAll(targets);
  }

  private void pass(Path folder, long since) throws IOException {
    masks.clear();
    targets.clear();
    twins.clear();
    repositories.clear();
    gits.clear();
    seen.clear();
    newestTwin = Long.MIN_VALUE;
    oldestLook = Long.MAX_VALUE;
    visits.add(new Visit(folder, Closing.OPEN, origin(folder), null));
    while (!visits.isEmpty()) {
      visit(visits.remove(), since);
    }
  }

  private Origin origin(Path folder) {
    for (Path name : root.relativize(folder)) {
      if (name.toString().equals(PACKAGES)) {
        return Origin.PACKAGES;
      }
    }
    return Origin.PROJECT;
  }

  private void visit(Visit visit, long since) throws IOException {
    Path folder = visit.folder();
    if (isTooLong(folder)) {
      close(visit);
      return;
    }
    FolderLook look;
    try {
      long at = looks.now();
      Node now = Node.of(folder);
      var last = looks.last(visit, now, since);
      if (last.isPresent()) {
        look = last.get();
        oldestLook = Math.min(oldestLook, look.stamp().at());
      } else {
        look = read(visit, new Stamp(now, at, visit));
        looks.keep(folder, look);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Gone meanwhile.
      return;
    } catch (AccessDeniedException e) {
      close(visit);
      return;
    }
    count(visit.origin(), look.names());
    if (folder.equals(look.git())) {
      gits.add(folder);
    }
    take(look);
  }

  /// Returns whether what lies in a folder could have no path.
  static boolean isTooLong(Path folder) {
    String text = folder.toString();
    return text.length() > LONGEST / BYTES_PER_CHARACTER
        && text.getBytes(StandardCharsets.UTF_8).length > LONGEST;
  }

  /* Whoever owns it could open it again, and nobody knows what lies in it. */
  private void close(Visit visit) throws WallException {
    Path folder = visit.folder();
    if (folder.equals(root)) {
      throw WallException.refused(
          "the workspace \"%s\" cannot be read, nor can what is secret in it be found"
              .formatted(root),
          "make it readable for yourself");
    }
    if (visit.inherited() == Closing.OPEN) {
      masks.add(new Mask(folder, Closing.HIDDEN, Kind.FOLDER));
      if (folder.endsWith(".git")) {
        repositories.remove(folder.getParent());
      }
    }
  }

  private void count(Origin origin, int names) throws WallException {
    long all = seen.merge(origin, (long) names, Long::sum);
    long allowed = origin == Origin.PROJECT ? most : (long) most * TIMES_AS_MANY_PACKAGES;
    if (all > allowed) {
      throw WallException.refused(
          "more than %d files lie in the workspace, too many to look for secrets among"
              .formatted(allowed),
          "work in a folder of it");
    }
  }

  private void take(FolderLook look) {
    twins.addAll(look.twins());
    newestTwin = Math.max(newestTwin, look.newestTwin());
    for (Mask mask : look.masks()) {
      masks.add(mask);
      if (mask.kind() == Kind.LINK) {
        addTarget(mask.path(), mask.closing());
      }
    }
    for (Visit below : look.below()) {
      Path folder = below.folder();
      if (!folder.endsWith(".git") || below.inherited() != Closing.OPEN) {
        visits.add(below);
      } else if (isRepository(folder)) {
        repositories.add(requireNonNull(folder.getParent()));
        visits.add(below);
      } else {
        // Half a repository, or what stands in for an absent one: nobody may make it a whole one.
        masks.add(new Mask(folder, Closing.READ_ONLY, Kind.FOLDER));
        visits.add(new Visit(folder, Closing.READ_ONLY, below.origin(), below.git()));
      }
    }
  }

  private FolderLook read(Visit visit, Stamp stamp) throws IOException {
    Map<Path, Node> nodes = new LinkedHashMap<>();
    int names = 0;
    try (DirectoryStream<Path> entries = listing.of(visit.folder())) {
      for (Path entry : entries) {
        count(visit.origin(), 1);
        names++;
        try {
          nodes.put(entry, Node.of(entry));
        } catch (NoSuchFileException e) {
          // Gone meanwhile.
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    count(visit.origin(), -names);
    List<Visit> below = new ArrayList<>();
    List<Mask> closed = new ArrayList<>();
    List<Twin> shared = new ArrayList<>();
    Path git = git(visit, nodes);
    for (Map.Entry<Path, Node> each : nodes.entrySet()) {
      Path entry = each.getKey();
      Node node = each.getValue();
      Closing closing = closing(visit, entry, git);
      if (node.isShared()) {
        shared.add(new Twin(entry, node, closing));
      }
      if (closing != Closing.OPEN && visit.inherited() == Closing.OPEN) {
        closed.add(new Mask(entry, closing, node.kind()));
      }
      if (node.kind() == Kind.FOLDER && !isLeftOut(entry)) {
        below.add(below(entry, closing, visit.origin(), git));
      }
    }
    return new FolderLook(stamp, names, git, below, closed, shared);
  }

  /* What is closed as a whole is closed. A linked working tree has its folder below that of its
   * repository, whose names hold for it. */
  private static @Nullable Path git(Visit visit, Map<Path, Node> nodes) {
    Path folder = visit.folder();
    if (visit.inherited() != Closing.OPEN
        || folder.endsWith(GIT)
        || !GitFolder.is(name -> nodes.containsKey(folder.resolve(name)))) {
      return visit.git();
    }
    Path above = folder.getParent();
    boolean linked = nodes.containsKey(folder.resolve(GitFolder.COMMON));
    Path owner = linked && above != null && above.endsWith("worktrees") ? above.getParent() : null;
    boolean owned = owner != null && (owner.endsWith(GIT) || owner.equals(visit.git()));
    boolean whole =
        nodes.containsKey(folder.resolve("objects")) && nodes.containsKey(folder.resolve("refs"));
    return owned && !whole ? visit.git() : folder;
  }

  private Closing closing(Visit visit, Path entry, @Nullable Path git) {
    if (visit.inherited() != Closing.OPEN) {
      return visit.inherited();
    }
    if (!places.couldClose(entry.getFileName().toString())) {
      return Closing.OPEN;
    }
    Closing closing = places.at(entry.toString());
    if (git != null) {
      closing = stricter(closing, places.at(GitPlaces.asNamed(git, entry).toString()));
    }
    boolean ofGit = git != null || entry.endsWith(GIT);
    return visit.origin() == Origin.PACKAGES && closing != Closing.HIDDEN && !ofGit
        ? Closing.OPEN
        : closing;
  }

  private static Visit below(Path entry, Closing closing, Origin origin, @Nullable Path git) {
    boolean entered = closing == Closing.OPEN || closing == Closing.PINNED;
    return new Visit(
        entry,
        entered ? Closing.OPEN : closing,
        entry.endsWith(PACKAGES) ? Origin.PACKAGES : entry.endsWith(GIT) ? Origin.PROJECT : origin,
        git);
  }

  private static boolean isLeftOut(Path entry) {
    if (!entry.endsWith("objects") && !entry.endsWith("logs") && !entry.endsWith("refs")) {
      return false;
    }
    for (Path at = entry.getParent(); at != null; at = at.getParent()) {
      if (at.endsWith(SUBMODULES)) {
        return true;
      }
    }
    Path parent = entry.getParent();
    return parent != null && parent.endsWith(".git");
  }

  private static boolean isRepository(Path git) {
    return Files.exists(git.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS);
  }

  /* A link that somebody committed must not be able to hide a folder of the system. */
  private void addTarget(Path link, Closing closing) {
    try {
      Path real = link.toRealPath();
      if (Files.isRegularFile(real)) {
        targets.add(new Mask(real, closing, Kind.FILE));
      } else if (real.startsWith(root) && !real.equals(root)) {
        targets.add(new Mask(real, closing, Kind.FOLDER));
      }
    } catch (IOException e) {
      // It leads nowhere.
    }
  }

  /// Closes every name of a file that is closed under another one, and sorts what was found.
  ///
  /// @param elsewhere what is closed outside the workspace and has several names
  void closeTwins(Map<Identity, Closing> elsewhere) {
    if (!twins.isEmpty()) {
      Map<Identity, Closing> closed = new HashMap<>(elsewhere);
      for (Twin twin : twins) {
        if (closing(twin) != Closing.OPEN) {
          closed.merge(twin.node().identity(), closing(twin), WorkspaceWalk::stricter);
        }
      }
      for (Mask target : targets) {
        addTwinOf(target, closed);
      }
      for (Twin twin : twins) {
        Closing closing = closed.get(twin.node().identity());
        if (closing != null && closing.compareTo(closing(twin)) > 0) {
          masks.add(new Mask(twin.path(), closing, Kind.FILE));
        }
      }
    }
    masks.sort(Comparator.comparing(Mask::path));
  }

  private Closing closing(Twin twin) {
    Closing closing = twin.closing();
    for (Mask target : targets) {
      if (twin.path().startsWith(target.path())) {
        closing = stricter(closing, target.closing());
      }
    }
    return closing;
  }

  private static void addTwinOf(Mask target, Map<Identity, Closing> closed) {
    try {
      Node node = Node.of(target.path());
      if (node.isShared()) {
        closed.merge(node.identity(), target.closing(), WorkspaceWalk::stricter);
      }
    } catch (IOException e) {
      // It went away meanwhile, and so did the name by which it is closed.
    }
  }

  private static Closing stricter(Closing one, Closing other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
