// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

/// A signal to a program. The numbers are the same on all known architectures.
public enum ProcessSignal {
  /// The terminal went away.
  HANG_UP(1),
  /// What control-C sends.
  INTERRUPT(2),
  /// Cannot be caught: the end.
  KILL(9),
  /// Asks for the end.
  TERMINATE(15),
  /// Goes on after [#STOP].
  CONTINUE(18),
  /// Cannot be caught: stands still.
  STOP(19);

  private final int number;

  ProcessSignal(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
