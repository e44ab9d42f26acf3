// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends a run when its time is over or the program is told to end, by an interrupt of the thread
/// that made it; the run then writes down where it was.
final class RunClock implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread atExit = new Thread(this::cancel, "run-end");
  private volatile boolean late;

  RunClock(Optional<Duration> allowed) {
    Runtime.getRuntime().addShutdownHook(atExit);
    allowed.ifPresent(time -> Thread.ofVirtual().name("run-clock").start(() -> expire(time)));
  }

  private void expire(Duration allowed) {
    try {
      if (!over.await(allowed.toMillis(), TimeUnit.MILLISECONDS)) {
        late = true;
        worker.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /* The program ends when this thread does, so it waits for the run to be written down. */
  private void cancel() {
    worker.interrupt();
    try {
      worker.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns after `time`.
  ///
  /// @throws InterruptedException if the run is to end
  void sleep(Duration time) throws InterruptedException {
    if (over.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException();
    }
  }

  /// Returns whether the time was over.
  boolean isLate() {
    return late;
  }

  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program is ending already, and the hook with it.
    }
  }
}
