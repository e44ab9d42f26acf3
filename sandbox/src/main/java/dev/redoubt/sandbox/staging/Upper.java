// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.staging;

import dev.redoubt.sandbox.kernel.Whiteout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The upper layer of an overlay, as the kernel writes it with the option `userxattr`
/// (<https://docs.kernel.org/filesystems/overlayfs.html>): what was written, devices with the
/// number 0:0 for what was deleted, and folders with an attribute that hide what lies below them.
public final class Upper {

  private static final String OPAQUE = "overlay.opaque";
  private static final int TYPE = 0170000;
  private static final int FILE = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;
  private static final int CHARACTER_DEVICE = 0020000;

  private Upper() {}

  /// What a name in the upper layer says.
  public enum Kind {
    /// Nothing: the lower layer shows.
    NOTHING,
    /// What the lower layer has here was deleted.
    WHITEOUT,
    FILE,
    LINK,
    /// A folder; what the lower layer has in it shows too.
    FOLDER,
    /// A folder; what the lower layer has in it does not show.
    OPAQUE,
    /// A device, a pipe or a socket.
    SPECIAL
  }

  /// Returns what lies at `path`.
  ///
  /// @throws IOException if it cannot be looked at
  public static Kind kind(Path path) throws IOException {
    Map<String, Object> facts;
    try {
      facts = Files.readAttributes(path, "unix:mode,rdev", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return Kind.NOTHING;
    }
    return switch (number(facts, "mode") & TYPE) {
      case FILE -> Kind.FILE;
      case LINK -> Kind.LINK;
      case FOLDER -> isOpaque(path) ? Kind.OPAQUE : Kind.FOLDER;
      case CHARACTER_DEVICE -> number(facts, "rdev") == 0 ? Kind.WHITEOUT : Kind.SPECIAL;
      default -> Kind.SPECIAL;
    };
  }

  private static int number(Map<String, Object> facts, String name) throws IOException {
    if (facts.get(name) instanceof Number number) {
      return number.intValue();
    }
    throw new IOException("the file system does not say the %s of a file".formatted(name));
  }

  private static UserDefinedFileAttributeView attributes(Path folder) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(
            folder, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      throw new IOException("\"%s\" lies where there are no attributes".formatted(folder));
    }
    return view;
  }

  private static boolean isOpaque(Path folder) throws IOException {
    UserDefinedFileAttributeView view = attributes(folder);
    if (!view.list().contains(OPAQUE)) {
      return false;
    }
    ByteBuffer value = ByteBuffer.allocate(Math.max(1, view.size(OPAQUE)));
    view.read(OPAQUE, value);
    return value.get(0) == 'y';
  }

  /// Makes a folder hide what lies below it.
  public static void hide(Path folder) throws IOException {
    attributes(folder).write(OPAQUE, ByteBuffer.wrap("y".getBytes(StandardCharsets.US_ASCII)));
  }

  /// Makes a folder show again what lies below it.
  public static void show(Path folder) throws IOException {
    attributes(folder).delete(OPAQUE);
  }

  /// Puts a whiteout in the place of whatever lies at `path`.
  ///
  /// @param spare a folder of the same file system, for what is made and then moved
  public static void whiteout(Path path, Path spare) throws IOException {
    Path made = spare.resolve(UUID.randomUUID().toString());
    Whiteout.make(made);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      deleteAll(path);
    }
    Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Returns the names in a folder.
  public static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
      listed.forEach(children::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(null);
    return children;
  }

  /// Deletes whatever lies at `path`, folders that were closed to their own owner included.
  public static void deleteAll(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      open(path);
      for (Path child : children(path)) {
        deleteAll(child);
      }
    }
    Files.deleteIfExists(path);
  }

  private static void open(Path folder) throws IOException {
    Set<PosixFilePermission> permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
    Set<PosixFilePermission> now = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    if (!now.containsAll(permissions)) {
      permissions.addAll(now);
      Files.setPosixFilePermissions(folder, permissions);
    }
  }
}
