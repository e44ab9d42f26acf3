// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.kernel.HeldFolder;
import dev.redoubt.sandbox.masks.Mask.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Gives the owner of folders back the permissions that a command took away, so that what it put
/// there is found. Called when nothing of the command runs any more.
final class Reopened {

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private Reopened() {}

  /// Opens the folders that `after` hides, `known` does not name and this user cannot read.
  ///
  /// @return whether any was opened, so that a look finds more
  static boolean anyOf(Masks after, Set<Path> known) {
    boolean any = false;
    for (Mask mask : after.workspace()) {
      Path path = mask.path();
      boolean shut = !Files.isReadable(path) || !Files.isExecutable(path);
      if (mask.kind() == Kind.FOLDER
          && mask.closing() == Closing.HIDDEN
          && shut
          && !known.contains(path)) {
        try {
          any |= open(path);
        } catch (IOException e) {
          // It belongs to somebody else, and stays hidden.
        }
      }
    }
    return any;
  }

  /// Lets the owner of `folder` read, write and enter it, if it is one and no link leads there. It
  /// is held meanwhile: who puts another folder in its place gets no rights for that one.
  ///
  /// @return whether that changed anything
  static boolean open(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).containsAll(OWNERS)) {
      return false;
    }
    try (HeldFolder held = HeldFolder.of(folder)) {
      Path itself = held.path();
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(itself);
      if (mode.containsAll(OWNERS)) {
        return false;
      }
      Set<PosixFilePermission> open = EnumSet.copyOf(OWNERS);
      open.addAll(mode);
      Files.setPosixFilePermissions(itself, open);
      return true;
    }
  }
}
