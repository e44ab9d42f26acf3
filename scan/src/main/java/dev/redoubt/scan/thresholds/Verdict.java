// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import static java.util.Objects.requireNonNull;

/// The answer of a scan.
///
/// @param exitCode 0 no threshold crossed, 1 a threshold crossed, 3 gaps under `--strict`
/// @param threshold the threshold that decided, in the manner of `malicious`, `fail-on high`,
///   `strict`, or `none`
/// @param reason one sentence that says why
public record Verdict(int exitCode, String threshold, String reason) {
  public Verdict {
    requireNonNull(threshold, "threshold");
    requireNonNull(reason, "reason");
  }
}
