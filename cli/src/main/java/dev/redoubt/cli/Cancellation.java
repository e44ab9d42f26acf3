// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.IntSupplier;

/// Lets the thread that made it finish when the program is told to end: by Ctrl-C, by a request to
/// end, because the terminal is gone.
///
/// What is done inside [#during] is interrupted, and nothing else: a record that is cut off in the
/// middle would be taken for what came later. The program waits up to a minute for the thread to
/// end; its exit code is then the one of the thread.
public final class Cancellation implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Thread worker = Thread.currentThread();
  private final Thread atExit = new Thread(this::cancel, "cancellation");
  private boolean wanted;
  private boolean interruptible;

  /// What can be interrupted.
  public interface Work<T> {
    /// Returns what came of it.
    T perform() throws InterruptedException;
  }

  /// From now on the program ends when the calling thread does.
  public Cancellation() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /// Returns the exit code of `work`, which is done to its end in any case: 130 when the program
  /// was told to end meanwhile.
  public static int finishing(Call call, IntSupplier work) {
    requireNonNull(work, "work");
    try (Cancellation cancellation = new Cancellation()) {
      int code = work.getAsInt();
      if (!cancellation.isWanted()) {
        return code;
      }
      CommandOutput.note(call, "redoubt: told to end; what was begun was done");
      return ExitCode.CANCELLED;
    }
  }

  /// Returns whether the program was told to end.
  public synchronized boolean isWanted() {
    return wanted;
  }

  /// Returns what came of `work`. When the program is told to end the thread is interrupted; it is
  /// no longer so when this returns.
  ///
  /// @throws InterruptedException if the program was told to end before, or `work` throws it
  public <T> T during(Work<T> work) throws InterruptedException {
    enter();
    try {
      return work.perform();
    } finally {
      leave();
    }
  }

  private synchronized void enter() throws InterruptedException {
    if (wanted) {
      throw new InterruptedException("told to end");
    }
    interruptible = true;
  }

  private synchronized void leave() {
    interruptible = false;
    if (wanted) {
      Thread.interrupted();
    }
  }

  private synchronized void want() {
    wanted = true;
    if (interruptible) {
      worker.interrupt();
    }
  }

  private void cancel() {
    want();
    try {
      worker.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program is ending already, and the hook with it.
    }
  }
}
