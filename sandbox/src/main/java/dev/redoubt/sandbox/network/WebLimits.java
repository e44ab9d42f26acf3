// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import java.time.Duration;

/// How much of an answer is taken and how long it may take.
///
/// @param headerBytes of all lines of the answer's header together
/// @param bodyBytes of the body, as it comes and as it is after decompression
/// @param total for everything from resolving the name to the end of the body, redirects included
/// @param firstByte how long nothing may come before the answer begins
/// @param idle how long nothing may come afterwards
public record WebLimits(
    int headerBytes, long bodyBytes, Duration total, Duration firstByte, Duration idle) {

  /// For a page a model asked for: 10 MB in a minute.
  public static final WebLimits PAGE =
      new WebLimits(64 * 1024, 10L << 20, Duration.ofSeconds(60), Duration.ofSeconds(20));

  /// For a stream of events: an hour, two minutes of silence.
  public static final WebLimits STREAM =
      new WebLimits(64 * 1024, 256L << 20, Duration.ofHours(1), Duration.ofMinutes(2));

  public WebLimits {
    if (headerBytes < 1024
        || bodyBytes < 0
        || !total.isPositive()
        || !firstByte.isPositive()
        || !idle.isPositive()) {
      throw new IllegalArgumentException(
          "%d bytes of header, %d of body, %s, %s and %s are no limits"
              .formatted(headerBytes, bodyBytes, total, firstByte, idle));
    }
  }

  /// Limits with one time for how long nothing may come.
  public WebLimits(int headerBytes, long bodyBytes, Duration total, Duration idle) {
    this(headerBytes, bodyBytes, total, idle, idle);
  }
}
