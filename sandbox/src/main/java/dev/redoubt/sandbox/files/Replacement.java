// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.ExtraAttributes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One file that gets a new content, whole or not at all.
///
/// The content goes to a new file in the same held folder, to the disk, and then by a rename into
/// its place. The new file has the owner, group and permissions of the one before. Who may not
/// write that one cannot replace it either, and one that was changed or swapped meanwhile stays.
///
/// Some files are emptied and written in their place instead, where a crash can leave a part: one
/// with a second name, so that both names keep the same file; one with an access list or another
/// attribute that the new file would lack; one whose owner it could not be given; and one whose
/// folder takes no new file, or on which something is mounted.
public final class Replacement {

  private static final String PREFIX = ".redoubt-writing-";
  private static final int LENGTH = PREFIX.length() + 36;
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final SecureDirectoryStream<Path> folder;
  private final Path real;
  private final Path name;
  private final Runnable beforeTheRename;

  /* `beforeTheRename` is the moment when the new file is complete and not in its place. */
  Replacement(SecureDirectoryStream<Path> folder, Path real, Runnable beforeTheRename) {
    this.folder = requireNonNull(folder, "folder");
    this.real = requireNonNull(real, "real");
    this.name = requireNonNull(real.getFileName(), "name");
    this.beforeTheRename = beforeTheRename;
  }

  /// Tells whether a file of this name is what a crash left of a write that did not happen. Nobody
  /// needs it: it may be deleted.
  public static boolean isLeftOver(String name) {
    if (name.length() != LENGTH || !name.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < LENGTH; i++) {
      char c = name.charAt(i);
      if (c != '-' && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  void write(byte[] bytes) throws IOException {
    PosixFileAttributes old = there();
    if (old != null) {
      requireRegular(old);
      folder
          .newByteChannel(name, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))
          .close();
    }
    if ((old == null || isAllThereIs(old)) && replaced(bytes, old)) {
      return;
    }
    requireSame(old);
    try (SeekableByteChannel channel =
        folder.newByteChannel(
            name,
            Set.of(
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                LinkOption.NOFOLLOW_LINKS))) {
      fill(channel, bytes);
    }
  }

  private @Nullable PosixFileAttributes there() throws IOException {
    try {
      return view(name).readAttributes();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private PosixFileAttributeView view(Path of) {
    return folder.getFileAttributeView(of, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /* Opening a pipe would wait for its other end. */
  private void requireRegular(PosixFileAttributes found) throws FileSystemException {
    if (!found.isRegularFile()) {
      throw new FileSystemException(name.toString(), null, "is no regular file");
    }
  }

  /* Java asks for these two by the path only, so the answer counts for this very file alone. */
  private boolean isAllThereIs(PosixFileAttributes old) throws IOException {
    Map<String, Object> said;
    try {
      said = Files.readAttributes(real, "unix:nlink,fileKey", LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
    if (!Objects.equals(said.get("fileKey"), old.fileKey())) {
      throw changed();
    }
    return said.get("nlink") instanceof Integer links
        && links == 1
        && !ExtraAttributes.mayBeOn(real);
  }

  /* False if the file has to be written in its place; then nothing was changed. */
  private boolean replaced(byte[] bytes, @Nullable PosixFileAttributes old) throws IOException {
    Path made = Path.of(PREFIX + UUID.randomUUID());
    SeekableByteChannel opened;
    try {
      opened = old == null ? folder.newByteChannel(made, NEW) : ownersOnly(made);
    } catch (FileSystemException e) {
      return false;
    }
    try (SeekableByteChannel channel = opened) {
      fill(channel, bytes);
      if (channel instanceof FileChannel file) {
        file.force(true);
      }
      if (old != null && !resembles(made, old)) {
        folder.deleteFile(made);
        return false;
      }
      beforeTheRename.run();
      requireSame(old);
      return placed(made);
    } catch (IOException | RuntimeException e) {
      discard(made);
      throw e;
    }
  }

  private SeekableByteChannel ownersOnly(Path made) throws IOException {
    return folder.newByteChannel(
        made,
        NEW,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void fill(SeekableByteChannel channel, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  private boolean resembles(Path made, PosixFileAttributes old) throws IOException {
    PosixFileAttributeView view = view(made);
    PosixFileAttributes now = view.readAttributes();
    try {
      if (!now.group().equals(old.group())) {
        view.setGroup(old.group());
      }
      if (!now.owner().equals(old.owner())) {
        view.setOwner(old.owner());
      }
    } catch (FileSystemException e) {
      return false;
    }
    view.setPermissions(old.permissions());
    return true;
  }

  private boolean placed(Path made) throws IOException {
    try {
      folder.move(made, folder, name);
      return true;
    } catch (FileSystemException e) {
      folder.deleteFile(made);
      return false;
    }
  }

  private void discard(Path made) {
    try {
      folder.deleteFile(made);
    } catch (IOException e) {
      // It stays, and is known by its name.
    }
  }

  private void requireSame(@Nullable PosixFileAttributes old) throws IOException {
    PosixFileAttributes now = there();
    boolean nothing = old == null && now == null;
    if (!nothing && (old == null || now == null || !isSame(old, now))) {
      throw changed();
    }
  }

  private static boolean isSame(PosixFileAttributes old, PosixFileAttributes now) {
    return Objects.equals(now.fileKey(), old.fileKey())
        && now.isRegularFile()
        && now.size() == old.size()
        && now.lastModifiedTime().equals(old.lastModifiedTime())
        && now.permissions().equals(old.permissions())
        && now.owner().equals(old.owner())
        && now.group().equals(old.group());
  }

  private FileSystemException changed() {
    return new FileSystemException(
        name.toString(), null, "was changed by somebody else meanwhile: nothing was written");
  }
}
