// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.masks.Mask.Kind;
import dev.redoubt.sandbox.masks.Node.Identity;
import dev.redoubt.sandbox.wall.Boundary;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Undone;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds what is closed for one enclosure. Safe to share.
public final class MaskFinder {

  private static final int DEEPEST = 8;

  private final Enclosure enclosure;
  private final ProtectedPlaces places;
  private final Visible visible;
  private final List<Mask> elsewhere;
  private final FolderLooks looks;
  private final Set<String> notes = ConcurrentHashMap.newKeySet();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private @Nullable Map<Identity, Closing> twinsElsewhere;
  private volatile @Nullable Masks latest;

  private MaskFinder(Enclosure enclosure) throws IOException {
    this.enclosure = enclosure;
    this.places = ProtectedPlaces.of(enclosure.workspace().toString(), enclosure.home().toString());
    this.visible =
        Visible.of(enclosure.home(), enclosure.environment(), enclosure.kept().folders());
    this.elsewhere = findElsewhere();
    this.looks =
        FolderLooks.of(enclosure.workspace(), InstantSource.system(), FolderLooks.COARSEST);
  }

  /// Returns the finder of `enclosure`. What lies outside the workspace is looked at once, here.
  ///
  /// @throws WallException if no wall can be put around such a workspace
  public static MaskFinder of(Enclosure enclosure) throws IOException {
    Path workspace = enclosure.workspace();
    if (workspace.getNameCount() < 2
        || enclosure.home().startsWith(workspace)
        || enclosure.state().startsWith(workspace)) {
      throw WallException.refused(
          "the workspace \"%s\" holds more than a project: a home, or Redoubt's own data"
              .formatted(workspace),
          "work in a folder of it");
    }
    if (enclosure.kept().folders().stream().anyMatch(folder -> folder.startsWith(workspace))) {
      throw WallException.refused(
          "the workspace \"%s\" holds what commands in it may not see".formatted(workspace), "");
    }
    MaskFinder finder = new MaskFinder(enclosure);
    if (finder.places.at(workspace.toString()) == Closing.HIDDEN) {
      throw WallException.refused(
          "the workspace \"%s\" is a place of secrets".formatted(workspace), "");
    }
    return finder;
  }

  /// Returns what a command sees besides the workspace.
  public Visible visible() {
    return visible;
  }

  /// Closes everything for one command. Whoever takes this calls [Closed#end].
  ///
  /// @throws WallException if the workspace has more files than are looked through
  public Closed begin() throws IOException {
    Quarantine quarantine =
        new Quarantine(
            enclosure.workspace(), enclosure.state().resolve("sandbox").resolve("quarantine"));
    Undone earlier = Unfinished.finish(enclosure.workspace(), enclosure.home(), enclosure.state());
    quarantine.retry();
    Masks found = find();
    Placeholders placeholders = Placeholders.of(enclosure.workspace(), enclosure.state());
    List<Mask> held = new ArrayList<>(placeholders.hold(found.git().absent()));
    try {
      Appearances before = Appearances.before(places, enclosure.workspace(), found);
      held.addAll(found.workspace());
      Masks all = new Masks(held, found.elsewhere(), found.repositories(), found.git());
      quarantine.begin(before.written());
      return new Closed(all, placeholders, before, quarantine, this::findAgain)
          .after(earlier)
          .telling(untold());
    } catch (IOException | RuntimeException e) {
      placeholders.release();
      throw e;
    }
  }

  /* Each is told with one command of a session. */
  private List<String> untold() {
    return notes.stream().filter(told::add).sorted().toList();
  }

  /// Tells with the next command what was told with the last one, of which nobody heard.
  public void tellAgain() {
    told.clear();
  }

  /// Takes away what a Redoubt that was killed left in the workspace.
  public void sweep() throws IOException {
    Placeholders.of(enclosure.workspace(), enclosure.state()).sweep();
  }

  /* What the command made is not asked where it leads: it goes, unless it is harmless. */
  private Masks findAgain() throws IOException {
    Reopened.open(enclosure.workspace());
    WorkspaceWalk walk = walked();
    return keep(new Masks(walk.masks(), elsewhere, walk.repositories(), GitSearch.folders(walk)));
  }

  private Masks find() throws IOException {
    WorkspaceWalk walk = walked();
    GitSearch search = new GitSearch(places, enclosure);
    GitPlaces git = search.places(walk);
    notes.addAll(search.notes());
    List<Mask> all = new ArrayList<>(walk.masks());
    all.addAll(git.masks());
    List<Mask> masks = new ArrayList<>(search.shut(all));
    masks.sort(Comparator.comparing(Mask::path));
    return keep(new Masks(masks, elsewhere, walk.repositories(), git));
  }

  private Masks keep(Masks found) {
    latest = found;
    return found;
  }

  private WorkspaceWalk walked() throws IOException {
    WorkspaceWalk walk =
        new WorkspaceWalk(places, enclosure.workspace(), WorkspaceWalk.MOST, looks);
    walk.through(enclosure.workspace());
    walk.closeTwins(walk.sawTwins() ? twinsElsewhere() : Map.of());
    return walk;
  }

  /* Looked for once, and only where it can matter. */
  private synchronized Map<Identity, Closing> twinsElsewhere() {
    Map<Identity, Closing> known = twinsElsewhere;
    if (known == null) {
      known = new TwinsElsewhere(places).of(enclosure, elsewhere);
      twinsElsewhere = known;
    }
    return known;
  }

  /// Returns what is hidden outside the workspace, among what stays visible.
  public List<Mask> elsewhere() {
    return elsewhere;
  }

  private List<Mask> findElsewhere() {
    List<Mask> found = new ArrayList<>();
    for (Path tool : visible.tools()) {
      look(tool, found, 0);
      if (Files.isSymbolicLink(tool)) {
        descend(tool, found, 0);
      }
    }
    for (String folder : List.of("/etc", "/var", "/opt", "/srv", "/nix")) {
      descend(Path.of(folder), found, 0);
    }
    for (String folder :
        List.of(
            "/sys/firmware", "/sys/kernel/debug", "/sys/kernel/tracing", "/sys/kernel/security")) {
      if (Files.isDirectory(Path.of(folder))) {
        found.add(new Mask(Path.of(folder), Closing.HIDDEN, Kind.FOLDER));
      }
    }
    if (visible.sees(enclosure.state()) && Files.isDirectory(enclosure.state())) {
      found.add(new Mask(enclosure.state(), Closing.HIDDEN, Kind.FOLDER));
    }
    found.sort(Comparator.comparing(Mask::path));
    return List.copyOf(found);
  }

  private void look(Path path, List<Mask> found, int depth) {
    // Every program asks these two who its user is, and everybody may read them.
    if (path.equals(Path.of("/etc/passwd")) || path.equals(Path.of("/etc/group"))) {
      return;
    }
    boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    if (places.couldClose(path.getFileName().toString())
        && places.at(path.toString()) == Closing.HIDDEN) {
      if (!Files.isSymbolicLink(path)) {
        found.add(new Mask(path, Closing.HIDDEN, folder ? Kind.FOLDER : Kind.FILE));
      } else {
        addTarget(path, found);
      }
      return;
    }
    if (folder && depth < DEEPEST && !path.startsWith(enclosure.workspace())) {
      descend(path, found, depth + 1);
    }
  }

  private void addTarget(Path link, List<Mask> found) {
    try {
      Path real = link.toRealPath();
      if (Files.isRegularFile(real) && visible.sees(real)) {
        found.add(new Mask(real, Closing.HIDDEN, Kind.FILE));
      }
    } catch (IOException e) {
      // It leads nowhere, or to where this user may not look.
    }
  }

  private void descend(Path folder, List<Mask> found, int depth) {
    if (!places.mayHoldHidden(folder.toString())
        || visible.kept().contains(folder)
        || (visible.emptied().contains(folder) && !visible.tools().contains(folder))) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        look(entry, found, depth);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Closed to this user, and so to every command.
    }
  }

  /// Returns what file tools keep to.
  public Boundary boundary() {
    return this::objection;
  }

  private Optional<String> objection(Access access, Path real) {
    boolean changes = access == Access.WRITE || access == Access.DELETE;
    Closing closing = places.at(real.toString());
    if (!real.startsWith(enclosure.workspace())) {
      boolean seen = visible.sees(real) && !real.startsWith(enclosure.state());
      if (changes) {
        return Optional.of(
            "\"%s\" lies outside the workspace, which is all that may be written".formatted(real));
      }
      return seen && closing != Closing.HIDDEN
          ? Optional.empty()
          : Optional.of("\"%s\" is hidden inside the sandbox".formatted(real));
    }
    try {
      closing = stricter(closing, closedBesides(real, changes));
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    return switch (closing) {
      case HIDDEN -> Optional.of("\"%s\" is hidden inside the sandbox".formatted(real));
      case READ_ONLY, PINNED -> changes ? protectedPlace(real) : Optional.empty();
      case OPEN -> access == Access.DELETE ? holding(real) : Optional.empty();
    };
  }

  /* Closed by where a link leads, or by another name of the same file. */
  private Closing closedBesides(Path real, boolean changes) throws IOException {
    Masks known = latest;
    Masks masks = known == null || changes || isShared(real) ? find() : known;
    Closing strictest = masks.git().at(places, real);
    for (Mask mask : masks.workspace()) {
      boolean here = real.equals(mask.path());
      boolean inside = mask.closing() != Closing.PINNED && real.startsWith(mask.path());
      if (mask.kind() != Kind.LINK && (here || inside)) {
        strictest = stricter(strictest, mask.closing());
      }
    }
    return strictest;
  }

  private static boolean isShared(Path real) throws IOException {
    try {
      return Node.of(real).isShared();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Closing stricter(Closing one, Closing other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Optional<String> protectedPlace(Path real) {
    return Optional.of("\"%s\" is protected inside the sandbox".formatted(real));
  }

  private Optional<String> holding(Path real) {
    if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      for (Mask mask : find().workspace()) {
        if (mask.path().startsWith(real)) {
          return protectedPlace(mask.path());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
