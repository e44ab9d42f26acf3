// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

/// How many tokens were counted.
///
/// @param input all that was sent, what came from or went into a cache included
/// @param cacheRead the part of `input` that came from the provider's cache
/// @param cacheWrite the part of `input` that went into it
/// @param output all that was made, reasoning included
public record Usage(long input, long cacheRead, long cacheWrite, long output) {

  /// Nothing.
  public static final Usage NONE = new Usage(0, 0, 0, 0);

  public Usage {
    if (input < 0 || cacheRead < 0 || cacheWrite < 0 || output < 0) {
      throw new IllegalArgumentException("a count of tokens below nothing");
    }
  }

  /// Returns both together.
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite,
        output + other.output);
  }
}
