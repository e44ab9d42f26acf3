// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// Whether a mode may hold the bit that means two things: a program runs as the group of its file,
/// and a folder hands its group down to what is made in it.
public enum SetGroup {
  /// Nothing gets it.
  REFUSED,
  /// Folders may have it, and a filter of system calls cannot tell a program from one: for a
  /// workspace that hands its group down itself, where every new folder has it and tools that copy
  /// a mode would fail, or whose folder of git does, as `git init --shared` makes it: git gives the
  /// bit to every folder it makes there.
  OPEN;

  private static final int BIT = 02000;

  /// Returns what commands may do in a workspace.
  ///
  /// @param folders the workspace and what else in it tells that it is shared by a group; need not
  ///   exist
  /// @throws IOException if a mode cannot be read
  public static SetGroup in(List<Path> folders) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      return REFUSED;
    }
    for (Path folder : folders) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS)
              instanceof Integer bits
          && (bits & BIT) != 0) {
        return OPEN;
      }
    }
    return REFUSED;
  }
}
