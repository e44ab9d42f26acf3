// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.Gap;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A folder on this machine, or a single file of one.
///
/// Links to folders are never followed, so a walk ends; a link to a file counts only as the file it
/// leads to, when that lies inside.
public final class FileTree implements Source {

  private final Path root;
  private final String prefix;
  private final ScanLimits limits;
  private final Selection selection;
  private final Map<String, Path> unspellable = new ConcurrentHashMap<>();

  private FileTree(Path root, String prefix, ScanLimits limits, Selection selection) {
    this.root = root;
    this.prefix = prefix;
    this.limits = limits;
    this.selection = selection;
  }

  /// What of a tree is listed.
  ///
  /// @param only the one file at the top that is listed, or empty for all of them
  /// @param excluded globs of paths relative to the root that are left out, in the manner of
  ///   `**/src/test/resources/**`
  record Selection(Optional<String> only, List<String> excluded) {

    static final Selection ALL = new Selection(Optional.empty(), List.of());

    Selection {
      excluded = List.copyOf(excluded);
    }
  }

  /// Returns the source for `path`, a folder or a regular file.
  ///
  /// @throws RedoubtException UNREADABLE if there is nothing there that can be read
  public static FileTree of(Path path, ScanLimits limits) {
    return of(path, limits, List.of());
  }

  /// Returns the source for `path`, with what the globs `excluded` cover left out and reported as
  /// skipped.
  ///
  /// @param excluded relative to the folder, with `/`, in the manner of `**/testdata/**`
  /// @throws RedoubtException UNREADABLE if there is nothing there that can be read
  public static FileTree of(Path path, ScanLimits limits, List<String> excluded) {
    try {
      Path real = path.toRealPath();
      if (Files.isDirectory(real)) {
        return new FileTree(real, "", limits, new Selection(Optional.empty(), excluded));
      }
      Path folder = real.getParent();
      Path name = real.getFileName();
      if (Files.isRegularFile(real) && folder != null && name != null) {
        return new FileTree(
            folder, "", limits, new Selection(Optional.of(name.toString()), List.of()));
      }
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot scan \"%s\": it is neither a folder nor a regular file".formatted(path));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "cannot scan \"%s\": %s".formatted(path, IoReason.of(e)), e);
    }
  }

  /// Returns a source that lists nothing by itself and gives out files below `root`, their paths
  /// written with `prefix` in front.
  static FileTree unlisted(Path root, String prefix, ScanLimits limits) {
    return new FileTree(root, prefix, limits, Selection.ALL);
  }

  @Override
  public Listing list() {
    TreeWalk walk = new TreeWalk(root, limits, selection);
    Listing listing = walk.listing();
    unspellable.putAll(walk.unspellable());
    return listing;
  }

  @Override
  public SourceFile open(FileEntry entry) {
    return new DiskFile(this, entry);
  }

  /// Returns the path relative to the root, with `/`, without the prefix.
  private String relative(String path) {
    return path.substring(prefix.length());
  }

  Path resolve(FileEntry entry) {
    String relative = relative(entry.path());
    Path listed = unspellable.get(relative);
    return listed == null ? root.resolve(relative) : listed;
  }

  ScanLimits limits() {
    return limits;
  }

  /// Returns the regular file at `path`, unless it lies outside the root, links included.
  Optional<SourceFile> find(FileEntry from, String path) {
    Path folder = resolve(from).getParent();
    if (folder == null || path.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try {
      Path target = folder.resolve(path).normalize();
      if (!target.startsWith(root) || !target.toRealPath().startsWith(root)) {
        return Optional.empty();
      }
      if (!Files.isRegularFile(target)) {
        return Optional.empty();
      }
      String relative = root.relativize(target).toString().replace('\\', '/');
      return Optional.of(open(new FileEntry(prefix + relative, Files.size(target))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Returns the folder at `path`, unless it lies outside the root, links included.
  Optional<Path> folder(FileEntry from, String path) {
    Path folder = resolve(from).getParent();
    if (folder == null || path.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try {
      Path target = folder.resolve(path).normalize();
      return target.startsWith(root)
              && target.toRealPath().startsWith(root)
              && Files.isDirectory(target)
          ? Optional.of(target)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Returns the entry of the regular file `relative` to the root, or empty when there is none.
  Optional<FileEntry> entry(String relative) {
    Path path = root.resolve(relative);
    try {
      return Files.isRegularFile(path)
          ? Optional.of(new FileEntry(prefix + relative, Files.size(path)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(new FileEntry(prefix + relative, 0));
    }
  }

  /// Returns the gap for an entry that is there but is no regular file.
  static Gap special(String path, Path file, Path root) {
    if (Files.isSymbolicLink(file)) {
      boolean broken = !Files.exists(file);
      return new Gap(
          path,
          null,
          broken ? "is a link that leads nowhere" : "is a link that leads outside what is scanned",
          broken ? "restore the file it links to" : "scan the folder it leads to as well");
    }
    String kind =
        Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "a folder" : "no regular file";
    return new Gap(path, null, "is " + kind, "replace it with the file itself");
  }
}
