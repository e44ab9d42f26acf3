// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.util.Objects.requireNonNull;

import dev.redoubt.evidence.StreamReport.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;

/// What a stream looks like from outside: its first and its last lines, nothing in between.
///
/// @param stream its name
/// @param bytes the size of its segments
/// @param first the time of its first entry, the epoch when there is none
/// @param head its last good entry
/// @param unsealed how many entries no checkpoint seals
/// @param torn how many bytes follow the last good entry
public record StreamSummary(
    String stream, long bytes, Instant first, Head head, long unsealed, long torn) {

  public StreamSummary {
    requireNonNull(stream, "stream");
    requireNonNull(first, "first");
    requireNonNull(head, "head");
  }

  /// Returns what can be seen of `stream`, in a few milliseconds whatever its length.
  ///
  /// @throws IOException if it cannot be read or has no end to go on from
  public static StreamSummary of(EvidenceFolder evidence, String stream) throws IOException {
    Path folder = evidence.stream(stream);
    Position end = Position.find(folder, SegmentFile.Opener.READ);
    long bytes = 0;
    for (int number : Segments.numbers(folder)) {
      bytes += Files.size(Segments.file(folder, number));
    }
    Instant[] first = {Instant.EPOCH};
    EntryReader.lines(
        StreamSource.of(evidence, stream),
        line -> {
          first[0] = line.instant();
          return false;
        });
    Chain chain = end.chain();
    return new StreamSummary(
        stream,
        bytes,
        first[0],
        new Head(chain.seq(), HexFormat.of().formatHex(chain.hash()), chain.time()),
        chain.unsealed(),
        end.torn());
  }
}
