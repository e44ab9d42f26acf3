// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.List;

/// What was received at once, as it came and as it is understood.
///
/// @param tree all of it, with every field, known or not
/// @param messages what it says, in its order
/// @param kind whether it was a list of messages
public record Envelope(Node tree, List<RpcMessage> messages, Kind kind) {
  public Envelope {
    requireNonNull(tree, "tree");
    messages = List.copyOf(messages);
    requireNonNull(kind, "kind");
  }

  /// Whether several messages came as one.
  public enum Kind {
    /// One message.
    SINGLE,
    /// A list of them, even if of one.
    BATCH
  }
}
