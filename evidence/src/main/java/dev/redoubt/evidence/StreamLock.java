// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/* The operating system's locks belong to the process and fall with the first channel of the file
 * that is closed, so a process has one channel for each stream, however many logs are open. */
/// The locks on one stream, between processes and between threads: who may append, and whether
/// anybody has the stream open. Both fall when their process ends.
final class StreamLock {

  private static final String NAME = ".lock";
  private static final long APPEND = 0;
  private static final long OPEN = 1;
  private static final Map<Path, StreamLock> HELD = new HashMap<>();

  private final Path folder;
  private final FileChannel channel;
  private final ReentrantLock threads = new ReentrantLock();
  private int users;
  private @Nullable FileLock open;

  private StreamLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Work on a stream that nobody else can append to meanwhile.
  interface Work<T> {
    T run() throws IOException;
  }

  /// Returns the lock of the stream in `folder`, which exists. Everyone who took it gives it back
  /// with [#release()].
  static StreamLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    synchronized (HELD) {
      StreamLock lock = HELD.get(real);
      if (lock == null) {
        FileChannel channel =
            FileChannel.open(
                real.resolve(NAME),
                OwnerOnly.options(
                    StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                OwnerOnly.file());
        lock = new StreamLock(real, channel);
        HELD.put(real, lock);
      }
      lock.users++;
      return lock;
    }
  }

  void release() throws IOException {
    synchronized (HELD) {
      users--;
      if (users == 0) {
        HELD.remove(folder);
        channel.close();
      }
    }
  }

  /// Returns what `work` returns; nobody appends meanwhile.
  <T> T whileAppending(Work<T> work) throws IOException {
    threads.lock();
    try (FileLock _ = channel.lock(APPEND, 1, false)) {
      return work.run();
    } finally {
      threads.unlock();
    }
  }

  /// Marks the stream as open. To be called inside [#whileAppending].
  ///
  /// @return whether nobody else had it open
  boolean open() throws IOException {
    if (open != null) {
      return false;
    }
    boolean alone;
    try (FileLock only = channel.tryLock(OPEN, 1, false)) {
      alone = only != null;
    }
    open = channel.lock(OPEN, 1, true);
    return alone;
  }

  /// Returns whether a log of the stream in `folder` is open, in this process or another.
  static boolean isHeld(Path folder) {
    try {
      Path real = folder.toRealPath();
      synchronized (HELD) {
        if (HELD.containsKey(real)) {
          return true;
        }
        Path file = real.resolve(NAME);
        if (!Files.exists(file)) {
          return false;
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock(OPEN, 1, false)) {
          return lock == null;
        }
      }
    } catch (IOException | OverlappingFileLockException e) {
      // It cannot be asked, so nobody says that the stream is open.
      return false;
    }
  }
}
