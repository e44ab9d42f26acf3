// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends what it was told of when the time is up, whoever waits on it. Safe to share.
final class Deadline implements AutoCloseable {

  private static final Logger log = System.getLogger(Deadline.class.getName());

  private final Duration total;
  private final long end;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable Closeable guarded;
  private volatile boolean expired;

  private Deadline(Duration total, Duration spent) {
    this.total = total;
    this.end = System.nanoTime() + total.minus(spent).toNanos();
  }

  /// Returns a deadline that starts now.
  static Deadline in(Duration total) {
    return after(total, Duration.ZERO);
  }

  /// Returns a deadline of `total` that started `spent` ago.
  static Deadline after(Duration total, Duration spent) {
    Deadline deadline = new Deadline(total, spent);
    Thread.ofVirtual().name("deadline").start(deadline::watch);
    return deadline;
  }

  /// Will close `resource` instead of the one before.
  void closes(Closeable resource) throws IOException {
    guarded = resource;
    if (expired) {
      resource.close();
    }
  }

  /// Returns what it closes when the time is up.
  Closeable guarded() {
    return requireNonNull(guarded, "nothing is guarded yet");
  }

  /// Returns how much time is left, at least nothing.
  Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /// Returns `failure`, or what it really was when the time was up.
  IOException explain(IOException failure) {
    return expired
        ? new IOException("it took longer than %d s".formatted(total.toSeconds()), failure)
        : failure;
  }

  /// Forgets the resource and stops counting.
  @Override
  public void close() {
    over.countDown();
  }

  private void watch() {
    try {
      if (!over.await(left().toNanos(), TimeUnit.NANOSECONDS)) {
        expired = true;
        Closeable resource = guarded;
        if (resource != null) {
          resource.close();
        }
      }
    } catch (IOException e) {
      log.log(Level.DEBUG, "a connection could not be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
