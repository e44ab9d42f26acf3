// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Changes what lies below one folder without following a single link.
///
/// Everything new is made in a private folder below the held one, under a name of its own, and then
/// renamed into its place relative to held folders, as `renameat` does. So a file is there whole or
/// not at all, and a folder that is swapped for a link meanwhile makes the change fail.
///
/// Whoever may do so, root, gives what it makes to the owner and group of what it replaces, or of
/// the folder it lies in.
///
/// Java cannot create a folder or a link relative to a held one. For these two the private folder
/// is named by its path: whoever swaps it in that moment gets an empty folder or a link of a random
/// name somewhere else, and the change fails.
public final class GuardedChanges implements Closeable {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  /// Writes the content of a file.
  @FunctionalInterface
  public interface Content {
    /// Writes everything to `out`.
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path folder;
  private final GuardedFiles files;
  private final Path stagingName;
  private final SecureDirectoryStream<Path> staging;
  private int made;

  private GuardedChanges(
      Path folder, GuardedFiles files, Path stagingName, SecureDirectoryStream<Path> staging) {
    this.folder = folder;
    this.files = files;
    this.stagingName = stagingName;
    this.staging = staging;
  }

  /// Returns the right to change what lies below `folder`, which is a real path.
  ///
  /// @param stagingName the name of the private folder; it is created, and emptied and removed by
  ///   [#close()]. One that a crash left behind is emptied first
  public static GuardedChanges below(Path folder, String stagingName) throws IOException {
    requireNonNull(stagingName, "stagingName");
    GuardedFiles files = GuardedFiles.below(folder);
    try {
      Path name = Path.of(stagingName);
      Path path = folder.resolve(name);
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER));
      }
      GuardedChanges changes = new GuardedChanges(folder, files, name, files.open(List.of(name)));
      changes.clearStaging();
      return changes;
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /* Only files, links and empty folders are ever made there. */
  private void clearStaging() throws IOException {
    try (DirectoryStream<Path> listed = files.open(List.of(stagingName))) {
      for (Path path : listed) {
        Path name = path.getFileName();
        try {
          staging.deleteFile(name);
        } catch (FileSystemException e) {
          staging.deleteDirectory(name);
        }
      }
    }
  }

  /// Creates an empty folder that only its owner can open.
  ///
  /// @param real its path; its parent is there
  public void createFolder(Path real) throws IOException {
    Path name = nextName();
    Files.createDirectory(
        folder.resolve(stagingName).resolve(name), PosixFilePermissions.asFileAttribute(OWNER));
    giveAway(name, real);
    place(name, real);
  }

  /// Creates a link, in place of a file or a link if one is there.
  public void putLink(Path real, Path target) throws IOException {
    Path name = nextName();
    Files.createSymbolicLink(folder.resolve(stagingName).resolve(name), target);
    giveAway(name, real);
    place(name, real);
  }

  /// Creates a file, in place of a file or a link if one is there.
  ///
  /// @param permissions of the file
  /// @param modified when it was last written, or null for now
  public void putFile(
      Path real, Content content, Set<PosixFilePermission> permissions, @Nullable FileTime modified)
      throws IOException {
    Path name = nextName();
    try (SeekableByteChannel channel =
            staging.newByteChannel(
                name,
                Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")));
        OutputStream out = Channels.newOutputStream(channel)) {
      content.writeTo(out);
    }
    giveAway(name, real);
    PosixFileAttributeView view =
        staging.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (modified != null) {
      view.setTimes(modified, null, null);
    }
    view.setPermissions(permissions);
    place(name, real);
  }

  /// Sets the permissions of a file or a folder; a link is refused.
  public void setPermissions(Path real, Set<PosixFilePermission> permissions) throws IOException {
    try (SecureDirectoryStream<Path> parent = files.parentOf(real)) {
      parent
          .getFileAttributeView(
              real.getFileName(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setPermissions(permissions);
    }
  }

  /// Deletes a file, or the link itself when one lies there.
  public void deleteFile(Path real) throws IOException {
    files.delete(real);
  }

  /// Deletes an empty folder.
  public void deleteFolder(Path real) throws IOException {
    try (SecureDirectoryStream<Path> parent = files.parentOf(real)) {
      parent.deleteDirectory(real.getFileName());
    }
  }

  private void giveAway(Path name, Path real) throws IOException {
    PosixFileAttributes wanted = ownerAt(real);
    PosixFileAttributeView made =
        staging.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    PosixFileAttributes now = made.readAttributes();
    try {
      if (!now.group().equals(wanted.group())) {
        made.setGroup(wanted.group());
      }
      if (!now.owner().equals(wanted.owner())) {
        made.setOwner(wanted.owner());
      }
    } catch (FileSystemException e) {
      // Only root may give files away; for everybody else it stays their own.
    }
  }

  private PosixFileAttributes ownerAt(Path real) throws IOException {
    try (SecureDirectoryStream<Path> parent = files.parentOf(real)) {
      try {
        return parent
            .getFileAttributeView(
                real.getFileName(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
      } catch (NoSuchFileException e) {
        return parent.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
      }
    }
  }

  private Path nextName() {
    return Path.of(Integer.toString(made++));
  }

  private void place(Path name, Path real) throws IOException {
    try (SecureDirectoryStream<Path> parent = files.parentOf(real)) {
      staging.move(name, parent, real.getFileName());
    } catch (IOException | RuntimeException e) {
      try {
        staging.deleteFile(name);
      } catch (FileSystemException folderOrGone) {
        // close() empties the rest.
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (files;
        staging) {
      clearStaging();
      deleteFolder(folder.resolve(stagingName));
    }
  }
}
