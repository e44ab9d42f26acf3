// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.worktrees;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.files.GuardedFiles;
import dev.redoubt.sandbox.files.OwnedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/// What is done to whole folders.
final class Trees {

  private Trees() {}

  /// Deletes `folder` with everything in it, and never what a link in it leads to.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path above = requireNonNull(folder.getParent()).toRealPath();
    open(above.resolve(requireNonNull(folder.getFileName())));
    try (GuardedFiles files = GuardedFiles.below(above)) {
      files.deleteAll(above.resolve(requireNonNull(folder.getFileName())));
    }
  }

  /// Lets their owner into `folder` and all folders in it, whatever an agent took away; a link is
  /// none.
  static void open(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
      OwnedFolders.open(folder);
    }
  }

  /// Lets nobody else into `folder`, where the system has such rights.
  static void ownerOnly(Path folder) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString("rwx------"));
    }
  }
}
