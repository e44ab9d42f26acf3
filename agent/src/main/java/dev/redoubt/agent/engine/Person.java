// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import java.util.List;
import java.util.Optional;

/// Answers what a model asks.
@FunctionalInterface
public interface Person {

  /// Nobody is there: the default without a terminal.
  Person NOBODY = (_, _) -> Optional.empty();

  /// Returns the answer; empty when nobody is there to give one.
  ///
  /// @param choices what can be answered; anything when empty
  /// @throws InterruptedException if nobody can answer any more
  Optional<String> answer(String question, List<String> choices) throws InterruptedException;
}
