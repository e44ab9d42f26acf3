// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// Lets the thread that made it close the session when the program is told to end: the terminal is
/// gone, or somebody sent a signal.
final class AtEnd implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Console console;
  private final Thread worker = Thread.currentThread();
  private final Thread hook = new Thread(this::end, "line-end");

  AtEnd(Console console) {
    this.console = requireNonNull(console, "console");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end() {
    console.leave();
    try {
      worker.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending already, and the hook with it.
    }
  }
}
