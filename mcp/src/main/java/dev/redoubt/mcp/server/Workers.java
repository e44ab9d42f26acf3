// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The threads that work on requests, of which there are so many at once. Safe to share.
final class Workers {

  /// How long the end of a server waits for them to clean up.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final int most;
  private final Set<Thread> all = ConcurrentHashMap.newKeySet();
  private boolean ended;

  Workers(int most) {
    this.most = most;
  }

  /// Returns the thread that does `work`; empty when too many work already, or the end was called.
  synchronized Optional<Thread> start(Runnable work) {
    if (ended || all.size() >= most) {
      return Optional.empty();
    }
    Thread thread =
        Thread.ofVirtual()
            .name("mcp-serve")
            .unstarted(() -> {
              try {
                work.run();
              } finally {
                all.remove(Thread.currentThread());
              }
            });
    all.add(thread);
    thread.start();
    return Optional.of(thread);
  }

  /// Starts nobody any more, and ends those who work as [#end(Collection, Duration)] does.
  void end(Duration patience) {
    synchronized (this) {
      ended = true;
    }
    end(all, patience);
  }

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
