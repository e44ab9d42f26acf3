// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import dev.redoubt.sandbox.kernel.HeldFolder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;

/// Gives the owner of folders back the rights over them that somebody took away, so that what lies
/// in them can be compared and deleted.
public final class OwnedFolders {

  private static final int MOST = 200_000;

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private OwnedFolders() {}

  /// Lets the owner read, write and enter `folder` and every folder below it. No link is followed,
  /// and each folder is held while its rights are changed.
  ///
  /// @param folder a real path
  /// @throws IOException if one of them belongs to somebody else, or there are too many
  public static void open(Path folder) throws IOException {
    Deque<Path> left = new ArrayDeque<>();
    left.add(folder);
    for (int opened = 0; !left.isEmpty(); opened++) {
      if (opened == MOST) {
        throw new FileSystemException(folder.toString(), null, "holds too many folders");
      }
      Path next = left.remove();
      try (HeldFolder held = HeldFolder.of(next)) {
        Path itself = held.path();
        Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
        mode.addAll(Files.getPosixFilePermissions(itself));
        if (mode.addAll(OWNERS)) {
          Files.setPosixFilePermissions(held.path(), mode);
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(held.path())) {
          for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
              left.add(next.resolve(entry.getFileName()));
            }
          }
        } catch (DirectoryIteratorException e) {
          throw e.getCause();
        }
      }
    }
  }
}
