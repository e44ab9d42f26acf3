// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import static java.util.Objects.requireNonNull;

import dev.redoubt.scan.reach.RankedFinding;
import org.jspecify.annotations.Nullable;

/// A finding that does not count, and who said so.
///
/// @param ranked the finding
/// @param reason why it does not count
/// @param expires the last day on which it does not count, ISO 8601, or null for a VEX statement
/// @param source the file that says so
public record Ignored(
    RankedFinding ranked, String reason, @Nullable String expires, String source) {
  public Ignored {
    requireNonNull(ranked, "ranked");
    requireNonNull(reason, "reason");
    requireNonNull(source, "source");
  }
}
