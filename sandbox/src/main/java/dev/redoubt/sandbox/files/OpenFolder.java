// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/// A folder that is held while its files are read, so that the way to it is not gone anew for each.
///
/// No link is followed. What is held stays the same folder if somebody moves it or puts a link in
/// its place. For one thread.
interface OpenFolder extends Closeable {

  /// Returns what is in it, the first 20,000 names it gives. Can be asked once.
  ///
  /// @throws IOException if it cannot be read
  Listing list() throws IOException;

  /// Opens a file in it to read it; the channel outlives the folder.
  ///
  /// @param name one name, as [#list] gave it
  /// @throws IOException if it is not there any more, is no regular file, or is a link
  SeekableByteChannel read(String name) throws IOException;

  /// Returns a folder that goes the way through `files` each time.
  static OpenFolder byPaths(FileAccess files, Path real) {
    return new OpenFolder() {
      @Override
      public Listing list() throws IOException {
        return files.list(real);
      }

      @Override
      public SeekableByteChannel read(String name) throws IOException {
        return files.read(real.resolve(name));
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }
}
