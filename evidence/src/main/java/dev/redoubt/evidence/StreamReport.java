// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What came of verifying one stream.
///
/// @param stream its name, empty when no entry gave it
/// @param counted what was read
/// @param head the last good entry; sequence 0 when there is none
/// @param keys the ids of the keys that sealed it, in order
/// @param broken the first bad entry, or empty when it is intact
/// @param notes what has to be known about the answer, for people
public record StreamReport(
    String stream,
    Counted counted,
    Head head,
    List<String> keys,
    Optional<Broken> broken,
    List<String> notes) {

  /// How much was read, up to the first bad entry.
  public record Counted(long entries, long checkpoints, long recoveries, long bytes) {}

  /// The end of a stream.
  ///
  /// @param hash 64 hex digits
  public record Head(long seq, String hash, Instant time) {
    public Head {
      requireNonNull(hash, "hash");
      requireNonNull(time, "time");
    }
  }

  public StreamReport {
    requireNonNull(stream, "stream");
    requireNonNull(counted, "counted");
    requireNonNull(head, "head");
    keys = List.copyOf(keys);
    requireNonNull(broken, "broken");
    notes = List.copyOf(notes);
  }
}
