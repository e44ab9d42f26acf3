// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Whether a mode may hold the bit that means two things: a program runs as the group of its file,
/// and a folder hands its group down to what is made in it.
public enum SetGroup {
  /// Nothing gets it.
  REFUSED,
  /// Folders may have it, and a filter of system calls cannot tell a program from one: for a
  /// workspace that hands its group down itself, where every new folder has it and tools that copy
  /// a mode would fail.
  OPEN;

  private static final int BIT = 02000;

  /// Returns what commands in `workspace` may do.
  ///
  /// @throws IOException if its mode cannot be read
  public static SetGroup in(Path workspace) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      return REFUSED;
    }
    Object mode = Files.getAttribute(workspace, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return mode instanceof Integer bits && (bits & BIT) != 0 ? OPEN : REFUSED;
  }
}
