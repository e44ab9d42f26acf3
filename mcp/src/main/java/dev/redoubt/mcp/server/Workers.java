// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// The threads that work on requests, at their end.
final class Workers {

  /// How long the end of a server waits for them to clean up.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private Workers() {}

  /// Interrupts all, and waits until they are done, for at most `patience` together, even when the
  /// calling thread is interrupted; it is so again afterwards.
  static void end(Collection<Thread> workers, Duration patience) {
    List<Thread> all = List.copyOf(workers);
    all.forEach(Thread::interrupt);
    await(all, patience);
  }

  /// Waits as [#end] does, and interrupts nobody.
  static void await(Collection<Thread> workers, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    for (Thread worker : List.copyOf(workers)) {
      while (worker.isAlive() && System.nanoTime() < end) {
        try {
          worker.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
