// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.util.Optional;

/// What a request is called by whoever sent it: a text, a number or null, kept as it was written.
/// `1`, `1.0` and `"1"` are three ids.
///
/// @param json as JSON
public record RpcId(String json) {

  /// The id `null`.
  public static final RpcId NOTHING = new RpcId("null");

  public RpcId {
    requireNonNull(json, "json");
  }

  /// Returns the id that is a whole number.
  public static RpcId of(long number) {
    return new RpcId(Long.toString(number));
  }

  /// Returns the id that `node` is; empty for what cannot be one.
  public static Optional<RpcId> of(Node node) {
    return switch (node) {
      case Node.Text _, Node.Num _, Node.Nothing _ -> Optional.of(new RpcId(JsonText.of(node)));
      case Node.Obj _, Node.Arr _, Node.Bool _ -> Optional.empty();
    };
  }
}
