// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcMessage;
import java.util.Optional;

/// One message on its way.
///
/// @param direction where it goes
/// @param message what it says, as far as it is understood
/// @param asked what it answers; empty when it answers nothing
public record Passing(Direction direction, RpcMessage message, Optional<Asked> asked) {
  public Passing {
    requireNonNull(direction, "direction");
    requireNonNull(message, "message");
    requireNonNull(asked, "asked");
  }

  /// Returns what it is about: its own method, or that of the request it answers.
  public String method() {
    return switch (message) {
      case RpcMessage.Request(var _, String method, var _) -> method;
      case RpcMessage.Notice(String method, var _) -> method;
      case RpcMessage.Result _, RpcMessage.Failure _ -> asked.map(Asked::method).orElse("");
    };
  }

  /// Returns the part of it that carries what is said: the params of a request or a notice, the
  /// result of an answer, the data of an error.
  public Optional<Node> body() {
    return switch (message) {
      case RpcMessage.Request(var _, var _, Optional<Node> params) -> params;
      case RpcMessage.Notice(var _, Optional<Node> params) -> params;
      case RpcMessage.Result(var _, Node result) -> Optional.of(result);
      case RpcMessage.Failure(var _, RpcError error) -> error.data();
    };
  }

  /// Returns whether it is a request for `method` that goes to the server.
  public boolean asks(String method) {
    return direction == Direction.TO_SERVER
        && message instanceof RpcMessage.Request(var _, String name, var _)
        && name.equals(method);
  }

  /// Returns whether it is the result of a request of the agent for `method`.
  public boolean answers(String method) {
    return direction == Direction.TO_CLIENT
        && message instanceof RpcMessage.Result
        && method().equals(method);
  }
}
