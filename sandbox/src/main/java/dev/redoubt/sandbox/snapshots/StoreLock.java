// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A file that one process at a time can hold. The system lets go of it when the process ends,
/// however it ends.
///
/// Within one process a table says what is held: to open and close the file a second time would let
/// go of the lock that the process has (POSIX, `fcntl`).
final class StoreLock implements Closeable {

  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();
  private static final long PAUSE = Duration.ofMillis(20).toNanos();
  private static final int LONGEST = 600;

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private StoreLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /// Takes the lock of the whole store, waiting for whoever has it.
  ///
  /// @param what is going to be done, for whoever finds the lock taken
  /// @throws RedoubtException if somebody else has it for longer than `wait`
  static StoreLock take(StoreFolder folder, String what, Duration wait) throws IOException {
    Path file = folder.file("lock");
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      StoreLock lock = tryTake(file, what);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() >= end) {
        throw new RedoubtException(
            ErrorCode.UNWRITABLE,
            "the states of \"%s\" are in use by %s: try again when that is done"
                .formatted(folder.workspace(), holder(file)));
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /// Takes the lock `file`, or returns null when somebody has it.
  static @Nullable StoreLock tryTake(Path file, String what) throws IOException {
    String holder = "process %d (%s)".formatted(ProcessHandle.current().pid(), what);
    if (HELD.putIfAbsent(file, holder) != null) {
      return null;
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel =
          StoreFolder.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      if (lock == null) {
        return null;
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
      return new StoreLock(file, channel, lock);
    } finally {
      if (lock == null) {
        HELD.remove(file);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /// Returns who has the lock `file`.
  static String holder(Path file) throws IOException {
    String own = HELD.get(file);
    if (own != null) {
      return own;
    }
    try {
      String holder = new String(StoreFolder.read(file, LONGEST * 4), StandardCharsets.UTF_8);
      return holder.isEmpty() ? "another process" : holder;
    } catch (NoSuchFileException e) {
      return "another process";
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    } finally {
      HELD.remove(file);
    }
  }
}
