// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Does on a thread of its own what an interrupt must not cut off: one that arrives while a file is
/// being read or written closes that file, and the turn of a session that is told to end would stay
/// open.
final class Undisturbed {

  private Undisturbed() {}

  /// Returns what came of `work`. An interrupt is still set when this returns.
  static <T> T call(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread.ofPlatform().name("undisturbed").start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw failure(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException known) {
      return known;
    }
    return new IllegalStateException(e.getCause());
  }
}
