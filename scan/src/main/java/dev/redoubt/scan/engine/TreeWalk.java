// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.FileEntry;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One walk over a folder. Used once.
final class TreeWalk {

  private final Path root;
  private final ScanLimits limits;
  private final Optional<String> only;
  private final List<PathMatcher> excluded;

  private final List<FileEntry> files = new ArrayList<>();
  private final List<Listing.Unreadable> unreadable = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final Map<String, Skip> skips = new TreeMap<>();
  private final Deque<Folder> pending = new ArrayDeque<>();
  private final Map<String, Path> unspellable = new HashMap<>();
  private int visited;

  TreeWalk(Path root, ScanLimits limits, FileTree.Selection selection) {
    this.root = root;
    this.limits = limits;
    this.only = selection.only();
    this.excluded =
        selection.excluded().stream()
            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
            .toList();
  }

  Listing listing() {
    pending.add(new Folder(root, "", 0));
    while (!pending.isEmpty() && visited <= limits.entries()) {
      visit(pending.removeFirst());
    }
    if (visited > limits.entries()) {
      gaps.add(
          new Gap(
              null,
              null,
              "more than %,d files and folders: the rest was not looked at"
                  .formatted(limits.entries()),
              "scan the parts of it one by one"));
    }
    files.sort(Comparator.comparing(FileEntry::path));
    return new Listing(files, unreadable, gaps, List.copyOf(skips.values()));
  }

  private void visit(Folder folder) {
    Set<String> names = new HashSet<>();
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path)) {
      for (Path child : entries) {
        if (++visited > limits.entries()) {
          break;
        }
        Path name = child.getFileName();
        if (name != null && only.map(wanted -> wanted.equals(name.toString())).orElse(true)) {
          names.add(name.toString());
          children.add(child);
        }
      }
    } catch (IOException e) {
      notListed(folder, e);
    } catch (DirectoryIteratorException e) {
      notListed(folder, new IOException(e));
    }
    for (Path child : children) {
      classify(child, folder, names);
    }
  }

  private void classify(Path child, Folder folder, Set<String> beside) {
    String path = folder.prefix + child.getFileName();
    if (!isSpelledBy(path, child)) {
      unspellable.put(path, child);
    } else if (isExcluded(path)) {
      skip("excluded", path, "scan.exclude in the configuration");
      return;
    }
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isRegularFile()) {
        files.add(new FileEntry(path, attributes.size()));
      } else if (attributes.isDirectory()) {
        enter(child, path, folder, beside);
      } else if (!leadsInside(child)) {
        unreadable.add(
            new Listing.Unreadable(new FileEntry(path, 0), FileTree.special(path, child, root)));
      }
    } catch (IOException e) {
      gaps.add(new Gap(path, null, IoReason.of(e), "make it readable and scan again"));
    }
  }

  private void enter(Path child, String path, Folder folder, Set<String> beside) {
    if (only.isPresent()) {
      return;
    }
    String name = String.valueOf(child.getFileName());
    Set<String> inside =
        Files.exists(child.resolve("pyvenv.cfg")) ? Set.of("pyvenv.cfg") : Set.of();
    Optional<String> reason = SkippedFolders.reason(name, beside, inside);
    if (reason.isPresent()) {
      skip(name, path, reason.get());
    } else if (folder.depth >= limits.depth()) {
      gaps.add(
          new Gap(
              path,
              null,
              "is deeper than %d folders".formatted(limits.depth()),
              "scan this folder by itself"));
    } else {
      pending.add(new Folder(child, path + "/", folder.depth + 1));
    }
  }

  private void skip(String name, String path, String reason) {
    skips.merge(
        name,
        new Skip(name, 1, path, reason),
        (old, _) -> new Skip(name, old.folders() + 1, min(old.example(), path), old.reason()));
  }

  /// Returns the files whose path, as it is reported, leads nowhere: their names are not text in
  /// the encoding of this system.
  Map<String, Path> unspellable() {
    return unspellable;
  }

  private boolean isSpelledBy(String path, Path child) {
    try {
      return root.resolve(path).equals(child);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /* A glob in the manner of "a/**" covers what is below the folder a, and so the folder itself. */
  private boolean isExcluded(String path) {
    Path relative = Path.of(path);
    Path below = relative.resolve("x");
    return excluded.stream()
        .anyMatch(matcher -> matcher.matches(relative) || matcher.matches(below));
  }

  private static String min(String a, String b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /* A link to a file inside is that file, which the walk meets by itself; a link to a folder is never
  entered, wherever it leads, so that a walk ends. */
  private boolean leadsInside(Path link) {
    if (!Files.isSymbolicLink(link)) {
      return false;
    }
    try {
      Path target = link.toRealPath();
      return Files.isDirectory(target) || target.startsWith(root);
    } catch (IOException e) {
      return false;
    }
  }

  private void notListed(Folder folder, IOException e) {
    gaps.add(
        new Gap(
            folder.prefix.isEmpty() ? "." : folder.prefix,
            null,
            "cannot be listed: " + IoReason.of(e),
            "make it readable and scan again"));
  }

  private record Folder(Path path, String prefix, int depth) {}
}
