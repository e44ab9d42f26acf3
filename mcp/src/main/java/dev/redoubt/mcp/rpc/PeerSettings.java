// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/// How much one side puts up with from the other.
///
/// @param largest the most bytes of a message, sent or received
/// @param pending how many requests may wait for an answer at once
/// @param answering how many requests of the other side are worked on at once; the rest is refused
/// @param noise how many messages that are none are passed over
/// @param takeBack the notice that a request is not waited for any more, if there is one
public record PeerSettings(
    int largest,
    int pending,
    int answering,
    int noise,
    Function<RpcId, Optional<RpcMessage.Notice>> takeBack) {

  public PeerSettings {
    if (largest < 1 || pending < 1 || answering < 0 || noise < 0) {
      throw new IllegalArgumentException("a limit below nothing");
    }
    requireNonNull(takeBack, "takeBack");
  }

  /// 16 MB a message, 64 requests, 16 of the other side, 1,000 lines that are no messages.
  public static PeerSettings usual(Function<RpcId, Optional<RpcMessage.Notice>> takeBack) {
    return new PeerSettings(16 << 20, 64, 16, 1_000, takeBack);
  }
}
