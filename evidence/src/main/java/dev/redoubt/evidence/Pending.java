// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// An entry that waits to be written, and the thread that waits for it.
final class Pending {

  private final String kind;
  private final String actor;
  private final byte[] payload;
  private final Thread waiting;
  private volatile @Nullable Entry entry;
  private volatile @Nullable Exception failure;

  Pending(String kind, String actor, byte[] payload) {
    this.kind = kind;
    this.actor = actor;
    this.payload = payload;
    this.waiting = Thread.currentThread();
  }

  void addTo(Batch batch) {
    written = batch.add(kind, actor, payload);
  }

  private @Nullable Entry written;

  int size() {
    return payload.length;
  }

  /// Says that the entry lies on the disk.
  void done() {
    entry = written;
    LockSupport.unpark(waiting);
  }

  /// Says that it does not.
  void failed(Exception why) {
    failure = why;
    LockSupport.unpark(waiting);
  }

  /// Returns the entry once it lies on the disk; an interrupt waits until then.
  ///
  /// @throws Exception why it does not
  Entry await() throws Exception {
    boolean interrupted = false;
    while (true) {
      Entry done = entry;
      Exception why = failure;
      if (done != null || why != null) {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        if (why != null) {
          throw why;
        }
        if (done != null) {
          return done;
        }
      }
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
  }
}
