// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One segment, open for appending. What writes to it is here and nowhere else.
interface SegmentFile extends AutoCloseable {

  /// Opens segments.
  interface Opener {

    /// Opens segments on the disk, and makes those that do not exist.
    Opener DISK =
        file ->
            new OnDisk(
                FileChannel.open(
                    file,
                    OwnerOnly.options(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                    OwnerOnly.file()));

    /// Opens segments on the disk for reading alone.
    Opener READ = file -> new OnDisk(FileChannel.open(file, StandardOpenOption.READ));

    SegmentFile open(Path file) throws IOException;
  }

  long size() throws IOException;

  /// Fills `buffer` from `from` on, or throws.
  void read(ByteBuffer buffer, long from) throws IOException;

  /// Writes some bytes of `bytes` at its end.
  void append(ByteBuffer bytes) throws IOException;

  void truncate(long size) throws IOException;

  /// Returns when everything that was written lies on the disk.
  void force() throws IOException;

  @Override
  void close() throws IOException;

  /// A segment on the disk.
  final class OnDisk implements SegmentFile {

    private final FileChannel channel;

    OnDisk(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void read(ByteBuffer buffer, long from) throws IOException {
      long at = from;
      while (buffer.hasRemaining()) {
        int count = channel.read(buffer, at);
        if (count < 0) {
          throw new IOException("the file ends too early");
        }
        at += count;
      }
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      channel.position(channel.size());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
