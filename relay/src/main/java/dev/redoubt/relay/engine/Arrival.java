// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.Envelope;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Passing;
import java.util.List;
import java.util.Optional;

/// Something that arrived and is still to be judged.
public sealed interface Arrival {

  /// Messages that were read.
  final class Messages implements Arrival {

    private final Direction direction;
    private final byte[] bytes;
    private final Envelope.Kind kind;
    private final List<Part> parts;

    /// @param bytes as they came
    /// @param kind whether they came as a list
    /// @param parts one a message
    Messages(Direction direction, byte[] bytes, Envelope.Kind kind, List<Part> parts) {
      this.direction = requireNonNull(direction, "direction");
      this.bytes = requireNonNull(bytes, "bytes");
      this.kind = requireNonNull(kind, "kind");
      this.parts = List.copyOf(parts);
    }

    Direction direction() {
      return direction;
    }

    byte[] bytes() {
      return bytes;
    }

    Envelope.Kind kind() {
      return kind;
    }

    List<Part> parts() {
      return parts;
    }
  }

  /// What is no message, or could be read in two ways.
  ///
  /// @param mute whether nobody waits for an answer to it: a program that wrote a line of its log
  /// @param id of the request it may be or answer
  record Unreadable(Direction direction, String reason, boolean mute, Optional<RpcId> id)
      implements Arrival {
    public Unreadable {
      requireNonNull(direction, "direction");
      requireNonNull(reason, "reason");
      requireNonNull(id, "id");
    }
  }

  /// One message of those that came.
  sealed interface Part {

    /// It is judged.
    ///
    /// @param raw as it came, with every field
    /// @param ticket of a request
    record Due(Passing passing, Node raw, long ticket) implements Part {}

    /// It does not pass whatever filters say.
    record Refused(Passing passing, String rule, String reason) implements Part {}

    /// It answers the relay itself, or nobody any more.
    record Ours() implements Part {}
  }
}
