// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Starts processes of this JVM while no program file is being written.
///
/// A child has what its parent has open until it becomes another program. One that is started while
/// a file is written keeps that file open for writing, and the kernel starts no program from such a
/// file (`ETXTBSY`, execve(2)). Safe to share.
public final class Spawning {

  private static final ReentrantReadWriteLock WRITING = new ReentrantReadWriteLock();

  private Spawning() {}

  /// Starts what is `described`, and returns when it has become another program.
  ///
  /// @throws IOException if it cannot be started
  public static Process start(ProcessBuilder described) throws IOException {
    WRITING.readLock().lock();
    try {
      return described.start();
    } finally {
      WRITING.readLock().unlock();
    }
  }

  /* Writes a file that is started later. */
  static void write(Writing writing) throws IOException {
    WRITING.writeLock().lock();
    try {
      writing.write();
    } finally {
      WRITING.writeLock().unlock();
    }
  }

  /// What writes a file and closes it.
  interface Writing {
    void write() throws IOException;
  }
}
