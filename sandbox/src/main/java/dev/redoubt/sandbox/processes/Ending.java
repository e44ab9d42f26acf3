// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How a command that ran came to its end.
public sealed interface Ending {

  /// By itself.
  ///
  /// @param code from 0 to 255
  record Exited(int code) implements Ending {}

  /// By a signal nobody here sent: a crash, or the machine's own limits.
  ///
  /// @param number the signal, 9 for a kill
  record Signalled(int number) implements Ending {}

  /// It took longer than allowed and was ended.
  record TimedOut(Duration allowed) implements Ending {
    public TimedOut {
      requireNonNull(allowed, "allowed");
    }
  }

  /// It was ended from outside, or what carried it went away.
  ///
  /// @param reason in one sentence for a person
  record Cut(String reason) implements Ending {
    public Cut {
      requireNonNull(reason, "reason");
    }
  }

  /// Returns the exit code a shell would give.
  default int exitCode() {
    return switch (this) {
      case Exited(int code) -> code;
      case Signalled(int number) -> 128 + number;
      case TimedOut _ -> 124;
      case Cut _ -> 130;
    };
  }
}
