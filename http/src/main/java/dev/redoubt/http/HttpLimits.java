// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How much the other side may ask for.
///
/// @param body the most bytes of what a request carries
/// @param connections how many may be open at once; more wait to be taken
/// @param silence how long a client may send nothing while something is expected of it
/// @param grace how long requests that are worked on may go on after the end was called
public record HttpLimits(int body, int connections, Duration silence, Duration grace) {

  /// 16 MB, 1,024 connections, 30 seconds, 2 seconds.
  public static final HttpLimits USUAL =
      new HttpLimits(16 << 20, 1_024, Duration.ofSeconds(30), Duration.ofSeconds(2));

  public HttpLimits {
    if (body < 1 || connections < 1) {
      throw new IllegalArgumentException("a limit below one");
    }
    requireNonNull(silence, "silence");
    requireNonNull(grace, "grace");
  }
}
