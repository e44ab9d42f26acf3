// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The right to change one store. The system lets go of it when the process ends, however it ends.
final class StoreLock implements Closeable {

  private static final int LONGEST = 600;

  private final FileChannel channel;
  private final FileLock lock;

  private StoreLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /// Takes the lock.
  ///
  /// @param what is going to be done, for whoever finds the lock taken
  /// @throws RedoubtException if somebody else has it
  static StoreLock take(StoreFolder folder, String what) throws IOException {
    Path file = folder.file("lock");
    FileChannel channel =
        StoreFolder.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it.
    }
    if (lock == null) {
      try (channel) {
        throw new RedoubtException(
            ErrorCode.UNWRITABLE,
            "the workspace \"%s\" is in use by %s: wait until that is done"
                .formatted(folder.workspace(), holder(channel)));
      }
    }
    String holder = "process %d (%s)".formatted(ProcessHandle.current().pid(), what);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
    return new StoreLock(channel, lock);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    channel.read(bytes, 0);
    String holder = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    return holder.isEmpty() ? "another process" : holder;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    }
  }
}
