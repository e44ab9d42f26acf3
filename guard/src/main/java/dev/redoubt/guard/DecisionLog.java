// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import java.io.IOException;

/// Where the gate writes each decision before it gives an answer.
public interface DecisionLog {

  /// Keeps nothing: for commands that only explain.
  DecisionLog NONE = (_, _, _) -> {};

  /// Writes down that `guard` said `decision` to `action`, durably.
  ///
  /// @throws IOException if it could not be written; the gate then refuses
  void record(Action action, String guard, Decision decision) throws IOException;
}
