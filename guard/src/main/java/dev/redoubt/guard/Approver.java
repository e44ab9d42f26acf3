// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

/// Asks a person, or answers in the person's place.
public interface Approver {

  /// Answers no to every question: the default without a terminal.
  Approver NEVER = (_, _) -> Answer.NO;

  /// Returns the answer to `question` about exactly `action`.
  ///
  /// @throws InterruptedException if nobody can answer any more
  Answer approves(Action action, Decision.Ask question) throws InterruptedException;

  /// What a person says.
  enum Answer {
    YES,
    NO
  }
}
