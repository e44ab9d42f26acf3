// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.processes.RunningCommand;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A command that was left running, and how much of its output was shown.
final class Job {

  private static final Duration READING = Duration.ofSeconds(5);

  private final String id;
  private final RunningCommand command;
  private final OutputText output;
  private final @Nullable Thread terminal;
  private final long start = System.nanoTime();
  private long shown;

  /// @param terminal the thread that reads its terminal; null when it has none
  Job(String id, RunningCommand command, OutputText output, @Nullable Thread terminal) {
    this.id = requireNonNull(id, "id");
    this.command = requireNonNull(command, "command");
    this.output = requireNonNull(output, "output");
    this.terminal = terminal;
  }

  String id() {
    return id;
  }

  RunningCommand command() {
    return command;
  }

  /// Returns how long ago it became a job.
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /// Says whether something can be typed.
  boolean hasTerminal() {
    return terminal != null;
  }

  /// Says whether it has ended, and all that it wrote has been read, at the latest after `wait`.
  boolean hasEndedWithin(Duration wait) {
    if (!command.hasEndedWithin(wait)) {
      return false;
    }
    try {
      if (terminal != null) {
        terminal.join(READING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /// Returns what was written since this was last asked.
  synchronized String news() {
    long from = shown;
    shown = output.total();
    return output.since(from);
  }
}
