// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.FileFacts;
import dev.redoubt.sandbox.git.GitPerson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The facts of the file system of this machine.
///
/// Resolves a path the way the kernel does, name by name, so that `a/../b` through a link is where
/// it really is. What does not exist ends the resolving: the rest is taken as written. Only looks:
/// nothing is created or changed, and nothing opened but the settings of a git repository. The
/// mounts are read once per instance. Safe to share.
///
/// The answer is true at the moment it was asked for. What acts on it opens the real path with
/// [GuardedFiles], or a name could be swapped for a link in between.
public final class HostFileFacts implements FileFacts {

  /* What Linux allows on one path. */
  private static final int MOST_LINKS = 40;
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  private final Path mountTable;
  private final UnaryOperator<Path> lies;
  private final boolean here;
  private final Map<String, String> environment;
  private volatile @Nullable Mounts mounts;

  public HostFileFacts() {
    this(Map.of());
  }

  /// Returns the facts for a person whose git starts with `environment`, which can name further
  /// files of settings.
  public HostFileFacts(Map<String, String> environment) {
    this(MOUNTS, UnaryOperator.identity(), true, environment);
  }

  HostFileFacts(Path mountTable) {
    this(mountTable, UnaryOperator.identity(), true, Map.of());
  }

  private HostFileFacts(
      Path mountTable, UnaryOperator<Path> lies, boolean here, Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.mountTable = mountTable;
    this.lies = lies;
    this.here = here;
  }

  /// Returns the facts of a machine on which what a path names lies elsewhere.
  ///
  /// @param lies gives for a path whose folder is real where what it names really lies; where there
  ///   is nothing, a path at which nothing lies
  public static HostFileFacts through(UnaryOperator<Path> lies) {
    return new HostFileFacts(MOUNTS, requireNonNull(lies, "lies"), false, Map.of());
  }

  @Override
  public Facts of(String path) {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("\"%s\" is not an absolute path".formatted(path));
    }
    try {
      Resolved resolved = resolved(path);
      Kind kind = kind(resolved);
      return new Facts(
          resolved.real(),
          kind,
          kind == Kind.FILE ? links(lies.apply(Path.of(resolved.real()))) : 1,
          mounts().aliases(resolved.real()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Setting> repositoryPrograms(String folder) {
    try {
      return RepositorySettings.programs(Path.of(resolved(folder).real()));
    } catch (IOException e) {
      return List.of(new Setting(folder, "cannot be read"));
    }
  }

  @Override
  public Optional<List<String>> names(String folder, int most) {
    if (!here) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder))) {
      for (Path file : files) {
        if (names.size() == most) {
          return Optional.empty();
        }
        names.add(String.valueOf(file.getFileName()));
      }
      return Optional.of(names);
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> gitNames(String path, String home) {
    try {
      GitPerson person = GitPerson.of(Path.of(home), environment);
      return GitNames.of(lies, Path.of(path), person).stream().map(Path::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Resolved resolved(String path) throws IOException {
    Resolved plain = here ? plain(path) : null;
    return plain != null ? plain : new Walk(path, lies).resolve();
  }

  /* Most paths lead nowhere else. That the kernel says at once, and the walk would say the same. */
  private static @Nullable Resolved plain(String path) {
    try {
      Path at = Path.of(path);
      if (!at.toString().equals(path)) {
        return null;
      }
      BasicFileAttributes attributes = present(at);
      // Where nothing lies, only the way there can lead elsewhere.
      Path known = attributes == null ? at.getParent() : at;
      if (known == null || !known.toRealPath().equals(known)) {
        return null;
      }
      if (attributes == null) {
        return new Resolved(path, null, false);
      }
      return attributes.isSymbolicLink() ? null : new Resolved(path, attributes, false);
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  /* Null when there is nothing, without the cost of an exception. */
  private static @Nullable BasicFileAttributes present(Path path) throws IOException {
    return path.getFileSystem()
        .provider()
        .readAttributesIfExists(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private Mounts mounts() throws IOException {
    Mounts known = mounts;
    if (known == null) {
      known = Mounts.read(mountTable);
      mounts = known;
    }
    return known;
  }

  private static Kind kind(Resolved resolved) {
    BasicFileAttributes attributes = resolved.attributes();
    if (attributes == null) {
      return resolved.throughLink() ? Kind.DANGLING_LINK : Kind.NOTHING;
    }
    if (attributes.isRegularFile()) {
      return Kind.FILE;
    }
    return attributes.isDirectory() ? Kind.FOLDER : Kind.SPECIAL;
  }

  private static int links(Path real) throws IOException {
    try {
      Object count = Files.getAttribute(real, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
      return count instanceof Integer links ? links : 1;
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return 1;
    }
  }

  /// Where a path leads.
  ///
  /// @param attributes of what lies there, null when nothing does
  /// @param throughLink whether the last name came from a link
  private record Resolved(
      String real, @Nullable BasicFileAttributes attributes, boolean throughLink) {}

  /* One resolving of one path. */
  private static final class Walk {
    private final Deque<String> ahead = new ArrayDeque<>();
    private final List<String> real = new ArrayList<>();
    private final String path;
    private int links;
    private int fromLink;
    private final UnaryOperator<Path> lies;

    Walk(String path, UnaryOperator<Path> lies) {
      this.path = path;
      this.lies = lies;
      push(path);
    }

    private void push(String text) {
      String[] names = text.split("/", -1);
      for (int i = names.length - 1; i >= 0; i--) {
        if (!names[i].isEmpty() && !names[i].equals(".")) {
          ahead.push(names[i]);
        }
      }
    }

    Resolved resolve() throws IOException {
      BasicFileAttributes last = attributes("/");
      while (!ahead.isEmpty()) {
        String name = ahead.pop();
        if (name.equals("..")) {
          back();
          last = attributes(joined());
          continue;
        }
        real.add(name);
        last = attributes(joined());
        if (last == null) {
          boolean throughLink = ahead.size() < fromLink;
          takeRest();
          return new Resolved(joined(), null, throughLink);
        }
        if (last.isSymbolicLink()) {
          follow();
        }
      }
      return new Resolved(joined(), last, false);
    }

    private void follow() throws IOException {
      if (++links > MOST_LINKS) {
        throw new FileSystemLoopException(path);
      }
      String target = Files.readSymbolicLink(lies.apply(Path.of(joined()))).toString();
      int rest = ahead.size();
      if (target.startsWith("/")) {
        real.clear();
      } else {
        real.removeLast();
      }
      push(target);
      fromLink = rest == 0 ? ahead.size() + 1 : fromLink;
    }

    private void takeRest() {
      while (!ahead.isEmpty()) {
        String name = ahead.pop();
        if (name.equals("..")) {
          back();
        } else {
          real.add(name);
        }
      }
    }

    private void back() {
      if (!real.isEmpty()) {
        real.removeLast();
      }
    }

    private String joined() {
      return "/" + String.join("/", real);
    }

    private @Nullable BasicFileAttributes attributes(String path) throws IOException {
      try {
        return present(lies.apply(Path.of(path)));
      } catch (FileSystemException e) {
        // Below a file, or a name longer than the file system takes: nothing can lie there.
        if (isBelowFile(path) || path.length() - path.lastIndexOf('/') > 255) {
          return null;
        }
        throw e;
      }
    }

    private boolean isBelowFile(String path) {
      int slash = path.lastIndexOf('/');
      if (slash <= 0) {
        return false;
      }
      Path above = lies.apply(Path.of(path.substring(0, slash)));
      return Files.exists(above, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
