// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;

/// How a stream is written.
///
/// @param clock the time of the entries
/// @param segmentBytes the size from which a segment is followed by another
/// @param checkpointEntries how many entries a checkpoint seals at most
/// @param checkpointEvery how long an entry waits for its checkpoint
/// @param opener what opens segments
record Writing(
    Clock clock,
    long segmentBytes,
    int checkpointEntries,
    Duration checkpointEvery,
    SegmentFile.Opener opener) {

  Writing {
    requireNonNull(clock, "clock");
    requireNonNull(checkpointEvery, "checkpointEvery");
    requireNonNull(opener, "opener");
    if (segmentBytes < 1 || checkpointEntries < 1) {
      throw new IllegalArgumentException("sizes must be positive");
    }
  }

  /// Returns segments of 64 MiB and a checkpoint for every 1,024 entries or 30 seconds.
  static Writing usual(Clock clock) {
    return new Writing(clock, 64L << 20, 1024, Duration.ofSeconds(30), SegmentFile.Opener.DISK);
  }
}
