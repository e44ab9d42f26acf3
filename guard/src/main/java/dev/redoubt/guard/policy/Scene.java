// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Situation;

/// What rules are asked in.
///
/// @param situation what the action is judged against
/// @param facts what the file system says
public record Scene(Situation situation, FileFacts facts) {
  public Scene {
    requireNonNull(situation, "situation");
    requireNonNull(facts, "facts");
  }
}
