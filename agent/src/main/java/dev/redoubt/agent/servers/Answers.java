// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import java.util.List;
import java.util.Optional;

/// The person whom servers may ask something. Safe to share.
@FunctionalInterface
public interface Answers {

  /// Returns what the person answered; empty when they put the question away.
  ///
  /// @param question may hold foreign text, and control characters
  /// @param choices what can be answered; anything when empty
  /// @throws InterruptedException if nobody can answer any more
  Optional<String> answer(String question, List<String> choices) throws InterruptedException;
}
