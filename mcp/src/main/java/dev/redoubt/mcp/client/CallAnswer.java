// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcError;
import java.time.Duration;

/// What came of a call of a tool.
public sealed interface CallAnswer {

  /// A result, which may say that the tool failed.
  record Came(Node.Obj result) implements CallAnswer {
    public Came {
      requireNonNull(result, "result");
    }
  }

  /// The server did not take the call.
  record Refused(RpcError error) implements CallAnswer {
    public Refused {
      requireNonNull(error, "error");
    }
  }

  /// Nothing that can be used. Whether the tool did anything is not known.
  ///
  /// @param reason why, in words that follow the name of the server
  record Broken(String reason) implements CallAnswer {
    public Broken {
      requireNonNull(reason, "reason");
    }
  }

  /// Returns what `answer` means for whoever asked.
  static CallAnswer of(RpcAnswer answer) {
    return switch (answer) {
      case RpcAnswer.Replied(Node result) -> came(result);
      case RpcAnswer.Failed(RpcError error) when isLost(error) -> new Broken(error.message());
      case RpcAnswer.Failed(RpcError error) -> new Refused(error);
      case RpcAnswer.Late(Duration waited) ->
          new Broken("did not answer within %d s".formatted(waited.toSeconds()));
      case RpcAnswer.Lost(String reason) -> new Broken(reason);
    };
  }

  private static boolean isLost(RpcError error) {
    return error.code() == RpcError.UNREACHED || error.code() == RpcError.NO_WAY;
  }

  private static CallAnswer came(Node result) {
    if (!(result instanceof Node.Obj object)) {
      return new Broken("answered with something that is no result");
    }
    String kind = object.text("resultType").orElse("complete");
    if (kind.equals("complete")) {
      return new Came(object);
    }
    return new Broken(
        kind.equals("input_required")
            ? "wants an answer of a person or a model first (%s), and nobody is there to give one"
                .formatted(String.join(", ", Rounds.wanted(object)))
            : "answered with a kind of result that is not known: %s".formatted(kind));
  }
}
