// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import org.jspecify.annotations.Nullable;

/// Lets another thread interrupt work while it is done, and never what comes after it: a record
/// that is cut off in the middle would stay locked. Safe to share.
final class Interruption {

  private @Nullable Thread worker;
  private boolean prepares;
  private boolean wanted;

  /// What is interrupted from now on is the work that the calling thread prepares.
  synchronized void prepare() {
    prepares = true;
    wanted = false;
  }

  /// The calling thread works from now on.
  synchronized void begin() {
    prepares = false;
    worker = Thread.currentThread();
    if (wanted) {
      worker.interrupt();
    }
  }

  /// The work is over; an interrupt that came too late for it is forgotten.
  synchronized void end() {
    if (worker != null && wanted) {
      Thread.interrupted();
    }
    worker = null;
    prepares = false;
    wanted = false;
  }

  /// Interrupts the work, if there is any.
  synchronized void interrupt() {
    if (worker != null || prepares) {
      wanted = true;
    }
    if (worker != null) {
      worker.interrupt();
    }
  }
}
