// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

import java.time.Duration;

/// How the bytes of an answer's body go out.
///
/// @param piece how many bytes are written at once
/// @param pause between two pieces
/// @param bytes how many go out before the end
/// @param end what happens after them
public record Delivery(int piece, Duration pause, long bytes, End end) {

  /// How an answer ends.
  public enum End {
    /// As HTTP has it.
    WHOLE,
    /// The connection is closed before the body is complete.
    CLOSED,
    /// The connection is reset.
    RESET,
    /// Nothing more comes, and the connection stays open until the other side or the test ends it.
    SILENCE
  }

  /// All at once.
  public static final Delivery AT_ONCE =
      new Delivery(Integer.MAX_VALUE, Duration.ZERO, Long.MAX_VALUE, End.WHOLE);

  /// Returns a delivery in pieces of `piece` bytes.
  public static Delivery inPieces(int piece) {
    return new Delivery(piece, Duration.ZERO, Long.MAX_VALUE, End.WHOLE);
  }

  /// Returns a delivery of single bytes with `pause` between them.
  public static Delivery drip(Duration pause) {
    return new Delivery(1, pause, Long.MAX_VALUE, End.WHOLE);
  }

  /// Returns a delivery that ends after `bytes` bytes.
  public static Delivery ending(long bytes, End end) {
    return new Delivery(Integer.MAX_VALUE, Duration.ZERO, bytes, end);
  }
}
