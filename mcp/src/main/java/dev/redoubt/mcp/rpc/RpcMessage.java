// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.Optional;

/// One message of JSON-RPC 2.0.
public sealed interface RpcMessage {

  /// Wants an answer.
  ///
  /// @param params an object or a list
  record Request(RpcId id, String method, Optional<Node> params) implements RpcMessage {
    public Request {
      requireNonNull(id, "id");
      requireNonNull(method, "method");
      requireNonNull(params, "params");
    }
  }

  /// Wants none.
  ///
  /// @param params an object or a list
  record Notice(String method, Optional<Node> params) implements RpcMessage {
    public Notice {
      requireNonNull(method, "method");
      requireNonNull(params, "params");
    }
  }

  /// Answers a request.
  record Result(RpcId id, Node result) implements RpcMessage {
    public Result {
      requireNonNull(id, "id");
      requireNonNull(result, "result");
    }
  }

  /// Answers a request with an error.
  ///
  /// @param id `null` when whoever answered could not tell which
  record Failure(RpcId id, RpcError error) implements RpcMessage {
    public Failure {
      requireNonNull(id, "id");
      requireNonNull(error, "error");
    }
  }
}
