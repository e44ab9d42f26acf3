// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// What a command and everything it started used, as the kernel counted it.
///
/// @param user processor time in programs
/// @param system processor time in the kernel
/// @param peakBytes main memory of the largest of its processes, at its largest
public record Usage(Duration user, Duration system, long peakBytes) {
  public Usage {
    requireNonNull(user, "user");
    requireNonNull(system, "system");
  }
}
