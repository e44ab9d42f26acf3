// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.api;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/// Where a relay writes what passed, and what did not.
public interface RelayLog {

  /// Writes `entry` down, durably.
  ///
  /// @throws IOException if it could not be written; the message then does not pass
  void record(RelayEntry entry) throws IOException;

  /// One message, or what was taken for one.
  ///
  /// @param direction where it was going
  /// @param what its method; with `answer to ` before it the answer to one; empty when it could not
  ///   be read
  /// @param fate what became of it
  /// @param rule what decided; empty when nothing stood against it
  /// @param reason why; empty likewise
  record RelayEntry(Direction direction, String what, Fate fate, String rule, String reason) {
    public RelayEntry {
      requireNonNull(direction, "direction");
      requireNonNull(what, "what");
      requireNonNull(fate, "fate");
      requireNonNull(rule, "rule");
      requireNonNull(reason, "reason");
    }
  }

  /// What became of a message.
  enum Fate {
    /// It passed as it came.
    PASSED,
    /// It passed, and something was noticed, or would have been blocked or changed if that were
    /// enforced.
    NOTICED,
    /// It passed otherwise than it came.
    CHANGED,
    /// It did not pass.
    BLOCKED
  }
}
