// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import dev.redoubt.guard.Content;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/// What file tools do to the files below a folder, by their real paths and without following a
/// link.
public interface FileAccess extends Closeable {

  /// Opens a file to read it.
  ///
  /// @throws IOException if it is not there, is no regular file, or a link is in the way
  SeekableByteChannel read(Path real) throws IOException;

  /// Creates a file with a content, or gives it to the one that is there, which keeps its owner,
  /// group and permissions. See [Replacement] for what is left when that is cut off.
  ///
  /// @throws IOException if its folder is not there, it is no regular file or may not be written, a
  ///   link is in the way, or somebody else changed it meanwhile
  void write(Path real, Content content) throws IOException;

  /// Creates the folders above `real` that are not there.
  ///
  /// @throws IOException if a link or a file is in the way, or a folder cannot be created
  void createFoldersAbove(Path real) throws IOException;

  /// Deletes a file, a link itself, or a folder with everything in it.
  ///
  /// @throws IOException if something in it cannot be deleted; what was deleted before stays so
  void deleteAll(Path real) throws IOException;

  /// Opens a folder, to read several of its files. The caller closes.
  ///
  /// @throws IOException if it is not there, is no folder, or a link is in the way
  default OpenFolder hold(Path real) throws IOException {
    return OpenFolder.byPaths(this, real);
  }

  /// Returns what is in a folder, the first 20,000 names it gives.
  ///
  /// @throws IOException if it is not there, is no folder, or a link is in the way
  Listing list(Path real) throws IOException;
}
