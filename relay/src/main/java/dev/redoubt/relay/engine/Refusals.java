// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What whoever waits is told instead of an answer.
public final class Refusals {

  /* JSON-RPC leaves -32000 to -32099 to servers. */
  private static final long BLOCKED = -32_001;
  private static final long INVALID = -32_600;

  private Refusals() {}

  /// Returns the answer to a request that did not pass, whose `data` has `rule` and `reason`.
  public static RpcMessage.Failure of(RpcId id, String rule, String reason) {
    return new RpcMessage.Failure(
        id,
        new RpcError(BLOCKED, "blocked by redoubt: " + reason, Optional.of(data(rule, reason))));
  }

  static RpcMessage.Failure malformed(RpcId id, String reason) {
    return new RpcMessage.Failure(
        id,
        new RpcError(
            INVALID, "the message " + reason, Optional.of(data("relay.malformed", reason))));
  }

  private static Node data(String rule, String reason) {
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("rule", new Node.Text(rule, 1));
    fields.put("reason", new Node.Text(reason, 1));
    return new Node.Obj(fields, 1);
  }

  static byte[] text(RpcMessage message) {
    return RpcText.of(message);
  }
}
