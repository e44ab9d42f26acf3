// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcHandler.Answer;
import dev.redoubt.mcp.rpc.RpcMessage;
import java.util.Optional;

/// Requests that stand for themselves, as 2026-07-28 has them.
final class StatelessCall {

  private StatelessCall() {}

  /// Returns whether `request` is one, as far as it says itself.
  static boolean is(RpcMessage.Request request) {
    return request.method().equals("server/discover")
        || request
            .params()
            .flatMap(params -> params.get(Versions.META))
            .flatMap(meta -> meta.get(Versions.META_VERSION))
            .isPresent();
  }

  static Answer answer(McpServer server, RpcMessage.Request request, Line line)
      throws InterruptedException {
    Optional<Node> params = request.params();
    return switch (Caller.in(params)) {
      case Caller.Met.Not(RpcError error) -> new Answer.Refuses(error);
      case Caller.Met.Here(Caller caller) -> {
        Node given = params.orElse(Tree.empty());
        if (request.method().equals("subscriptions/listen")) {
          new Listening(request.id(), given).run(server.catalogue(), line);
        }
        yield server.answer(request.method(), given, caller, line);
      }
    };
  }
}
