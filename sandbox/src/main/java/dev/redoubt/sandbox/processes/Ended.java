// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.Usage;
import dev.redoubt.sandbox.wall.Tether;
import java.time.Duration;
import java.util.Optional;

/// What is left of a command that ran.
///
/// @param loss what the wall said, when the ending is not the command's own
/// @param output empty when it was not captured
/// @param errors empty when they were not captured
/// @param elapsed from its start to the end of everything it started
/// @param usage what all of it used, where that was counted
public record Ended(
    Ending ending,
    Optional<Tether.Loss> loss,
    CapturedText output,
    CapturedText errors,
    Duration elapsed,
    Optional<Usage> usage) {
  public Ended {
    requireNonNull(ending, "ending");
    requireNonNull(loss, "loss");
    requireNonNull(output, "output");
    requireNonNull(errors, "errors");
    requireNonNull(elapsed, "elapsed");
    requireNonNull(usage, "usage");
  }
}
