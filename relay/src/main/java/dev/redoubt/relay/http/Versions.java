// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a place that has sessions only says to a request without one.
final class Versions {

  static final List<String> SESSIONS =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  private static final String VERSION = "io.modelcontextprotocol/protocolVersion";

  private Versions() {}

  static RpcError onlySessions(RpcMessage.Request request) {
    Map<String, Node> data = new LinkedHashMap<>();
    data.put(
        "supported",
        new Node.Arr(
            SESSIONS.stream().<Node>map(version -> new Node.Text(version, 1)).toList(), 1));
    request
        .params()
        .flatMap(params -> params.get("_meta"))
        .flatMap(meta -> meta.get(VERSION))
        .ifPresent(asked -> data.put("requested", asked));
    return new RpcError(
        RpcError.VERSION, "this place has sessions only", Optional.of(new Node.Obj(data, 1)));
  }
}
