// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalLong;

/// What a command and everything it started used, as the kernel counted it.
///
/// @param user processor time in programs
/// @param system processor time in the kernel
/// @param peakBytes main memory of the largest of its processes, at its largest; in a container of
///   all its processes together, with what the kernel keeps of files; empty where nobody counts it
public record Usage(Duration user, Duration system, OptionalLong peakBytes) {
  public Usage {
    requireNonNull(peakBytes, "peakBytes");
    requireNonNull(user, "user");
    requireNonNull(system, "system");
  }
}
