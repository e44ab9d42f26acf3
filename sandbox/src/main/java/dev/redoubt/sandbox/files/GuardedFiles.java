// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Opens files below one folder without following a single link.
///
/// The folder is held open. Every name below it is opened relative to the one before, as `openat`
/// does, and a link in any place fails. So a path that was judged as the real one opens that very
/// object or nothing: swapping a folder or the file for a link between the check and the use cannot
/// win. Devices, pipes and sockets are refused.
///
/// Safe to share. Closing lets go of the folder; channels that were opened stay open.
public final class GuardedFiles implements FileAccess {

  private static final int MAX_DEPTH = 200;
  private static final int MAX_ENTRIES = 20_000;

  private final Path folder;
  private final SecureDirectoryStream<Path> root;

  private GuardedFiles(Path folder, SecureDirectoryStream<Path> root) {
    this.folder = folder;
    this.root = root;
  }

  /// Returns access to what lies below `folder`, which is a real path.
  ///
  /// @throws IOException if the folder cannot be opened, or the system has no way to hold one
  @SuppressWarnings("StreamResourceLeak") // closed by close()
  public static GuardedFiles below(Path folder) throws IOException {
    requireNonNull(folder, "folder");
    DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new GuardedFiles(folder, secure);
    }
    stream.close();
    throw new FileSystemException(
        folder.toString(), null, "this system cannot hold a folder while its files are opened");
  }

  /// Opens a file to read it.
  ///
  /// @param real its real path, below the folder
  /// @throws IOException if it is not there, is no regular file, or a link is in the way
  @Override
  public SeekableByteChannel read(Path real) throws IOException {
    try (Held held = hold(parent(names(real)))) {
      return open(held.folder(), real.getFileName());
    }
  }

  /// Creates a file with a content, or gives it to the one that is there.
  ///
  /// @param real its real path, below the folder
  /// @throws IOException if its folder is not there, it is no regular file or may not be written, a
  ///   link is in the way, or somebody else changed it meanwhile
  @Override
  public void write(Path real, Content content) throws IOException {
    try (Held held = hold(parent(names(real)))) {
      new Replacement(held.folder(), real, () -> {}).write(content.bytes());
    }
  }

  /// Creates the folders above `real` that are not there.
  ///
  /// Java cannot create a folder relative to a held one, so each is named by its path: whoever
  /// swaps a folder above it for a link in that moment gets an empty folder somewhere else, and
  /// this fails.
  ///
  /// @param real a real path below the folder, as far as it exists
  /// @throws IOException if a link or a file is in the way, or a folder cannot be created
  @Override
  public void createFoldersAbove(Path real) throws IOException {
    SecureDirectoryStream<Path> at = root.newDirectoryStream(Path.of("."));
    Path path = folder;
    try {
      for (Path name : parent(names(real))) {
        path = path.resolve(name);
        try (SecureDirectoryStream<Path> above = at) {
          at = opened(above, name, path);
        }
      }
    } finally {
      at.close();
    }
  }

  @SuppressWarnings("StreamResourceLeak") // the caller closes
  private static SecureDirectoryStream<Path> opened(
      SecureDirectoryStream<Path> above, Path name, Path path) throws IOException {
    try {
      return above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      try {
        Files.createDirectory(path);
      } catch (FileAlreadyExistsException made) {
        // Somebody else made it, or put something else there: opening it finds out.
      }
      return above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /// Deletes a file, or the link itself when one lies there.
  ///
  /// @param real its real path, below the folder
  public void delete(Path real) throws IOException {
    try (Held held = hold(parent(names(real)))) {
      held.folder().deleteFile(real.getFileName());
    }
  }

  /// Deletes a file, a link itself, or a folder with everything in it.
  ///
  /// @param real its real path, below the folder
  /// @throws IOException if something in it cannot be deleted; what was deleted before stays so
  @Override
  public void deleteAll(Path real) throws IOException {
    try (Held held = hold(parent(names(real)))) {
      new Removal(held.folder(), new ArrayDeque<>()).all(real.getFileName());
    }
  }

  /// Moves what lies at a path into the folder `to`, under the name it has, in one step.
  ///
  /// @param real its real path, below the folder
  /// @param to a folder that nobody else changes; there is nothing of that name in it
  /// @throws java.nio.file.AtomicMoveNotSupportedException if that is on another file system
  /// @throws IOException if it is not there, or a link is in the way
  public void moveInto(Path real, Path to) throws IOException {
    Path name = real.getFileName();
    try (Held from = hold(parent(names(real)));
        GuardedFiles into = below(to)) {
      from.folder().move(name, into.root, name);
    }
  }

  /* Each folder on the way is held open, so one that lies too deep is moved up and comes later. */
  private record Removal(SecureDirectoryStream<Path> top, Deque<Path> later) {

    void all(Path name) throws IOException {
      from(top, name, 0);
      while (!later.isEmpty()) {
        from(top, later.remove(), 0);
      }
    }

    private void from(SecureDirectoryStream<Path> in, Path name, int depth) throws IOException {
      if (!kind(in, name).isDirectory()) {
        in.deleteFile(name);
      } else if (depth > MAX_DEPTH) {
        Path higher = Path.of(UUID.randomUUID().toString());
        in.move(name, top, higher);
        later.add(higher);
      } else {
        try (SecureDirectoryStream<Path> folder =
            in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
          for (Path entry : folder) {
            from(folder, entry.getFileName(), depth + 1);
          }
        }
        in.deleteDirectory(name);
      }
    }
  }

  /// Returns what is in a folder, the first 20,000 names it gives.
  ///
  /// @param real its real path, the folder itself or below it
  /// @throws IOException if it is not there, is no folder, or a link is in the way
  @Override
  public Listing list(Path real) throws IOException {
    try (OpenFolder held = hold(real)) {
      return held.list();
    }
  }

  /// Opens a folder and holds it.
  ///
  /// @param real its real path, the folder itself or below it
  /// @throws IOException if it is not there, is no folder, or a link is in the way
  @Override
  public OpenFolder hold(Path real) throws IOException {
    return hold(real.equals(folder) ? List.of() : names(real));
  }

  private static List<Listing.Entry> sorted(List<Listing.Entry> entries) {
    entries.sort(Comparator.comparing(Listing.Entry::name));
    return entries;
  }

  private static Optional<Listing.Entry> entry(SecureDirectoryStream<Path> in, Path name)
      throws IOException {
    try {
      BasicFileAttributes attributes = kind(in, name);
      Listing.Kind kind =
          attributes.isSymbolicLink()
              ? Listing.Kind.LINK
              : attributes.isDirectory()
                  ? Listing.Kind.FOLDER
                  : attributes.isRegularFile() ? Listing.Kind.FILE : Listing.Kind.SPECIAL;
      return Optional.of(new Listing.Entry(name.toString(), kind, attributes.size()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static BasicFileAttributes kind(SecureDirectoryStream<Path> in, Path name)
      throws IOException {
    return in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /// Opens the folder of `real`, for the changes that are made relative to it. The caller closes.
  SecureDirectoryStream<Path> parentOf(Path real) throws IOException {
    return hold(parent(names(real))).folder();
  }

  /// Opens the folder with these names below the held one. The caller closes.
  SecureDirectoryStream<Path> open(List<Path> names) throws IOException {
    return hold(names).folder();
  }

  /* Opening a pipe would wait for its other end. */
  private static SeekableByteChannel open(SecureDirectoryStream<Path> in, Path name)
      throws IOException {
    if (!kind(in, name).isRegularFile()) {
      throw new FileSystemException(name.toString(), null, "is no regular file");
    }
    return in.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  private List<Path> names(Path real) throws IOException {
    if (!real.startsWith(folder) || real.equals(folder) || !real.normalize().equals(real)) {
      throw new FileSystemException(
          real.toString(), null, "does not lie below \"%s\"".formatted(folder));
    }
    List<Path> names = new ArrayList<>();
    folder.relativize(real).forEach(names::add);
    return names;
  }

  private static List<Path> parent(List<Path> names) {
    return names.subList(0, names.size() - 1);
  }

  private Held hold(List<Path> folders) throws IOException {
    if (folders.isEmpty()) {
      return new Held(root.newDirectoryStream(Path.of(".")));
    }
    SecureDirectoryStream<Path> at =
        root.newDirectoryStream(folders.getFirst(), LinkOption.NOFOLLOW_LINKS);
    for (Path name : folders.subList(1, folders.size())) {
      try (SecureDirectoryStream<Path> above = at) {
        at = above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
      }
    }
    return new Held(at);
  }

  private record Held(SecureDirectoryStream<Path> folder) implements OpenFolder {

    @Override
    public Listing list() throws IOException {
      List<Listing.Entry> entries = new ArrayList<>();
      try {
        for (Path path : folder) {
          if (entries.size() == MAX_ENTRIES) {
            return new Listing(sorted(entries), false);
          }
          entry(folder, path.getFileName()).ifPresent(entries::add);
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
      return new Listing(sorted(entries), true);
    }

    @Override
    public SeekableByteChannel read(String name) throws IOException {
      Path path = Path.of(name);
      if (path.getNameCount() != 1
          || path.isAbsolute()
          || !path.normalize().equals(path)
          || name.equals("..")) {
        throw new FileSystemException(name, null, "is not one name");
      }
      return open(folder, path);
    }

    @Override
    public void close() throws IOException {
      folder.close();
    }
  }

  @Override
  public void close() throws IOException {
    root.close();
  }
}
