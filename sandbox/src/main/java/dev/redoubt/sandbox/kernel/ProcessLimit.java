// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static java.util.Objects.requireNonNull;

/// A limit of the kernel on one process and, each for itself, on all it starts.
///
/// @param value in the unit of its kind; where a lower one stands already, that stays
public record ProcessLimit(Kind kind, long value) {

  /// What is limited.
  public enum Kind {
    /// The largest file that can be written, in bytes.
    FILE_SIZE(1),
    /// Memory that is not a mapped file, in bytes.
    DATA(2),
    /// The largest memory image that is left after a crash, in bytes.
    CORE(4),
    /// Processes of the same user, threads included. The kernel does not hold root to it.
    PROCESSES(6);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /* RLIMIT_* of asm-generic/resource.h, which both architectures use. */
    int number() {
      return number;
    }
  }

  public ProcessLimit {
    requireNonNull(kind, "kind");
    if (value < 0) {
      throw new IllegalArgumentException("a limit below nothing: " + value);
    }
  }
}
