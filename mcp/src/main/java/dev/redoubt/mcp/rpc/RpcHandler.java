// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.Optional;

/// Answers what the other side wants. Safe to share between threads.
public interface RpcHandler {

  /// Returns the answer to a request. Called on a thread of its own, which is interrupted when the
  /// other side takes the request back or the connection ends.
  Answer request(String method, Optional<Node> params) throws InterruptedException;

  /// Takes note of a notice. Called on the thread that reads, in the order of arrival, so it must
  /// not wait.
  void notice(String method, Optional<Node> params);

  /// What the other side is told.
  sealed interface Answer {

    /// This.
    record Gives(Node result) implements Answer {
      public Gives {
        requireNonNull(result, "result");
      }
    }

    /// That it gets nothing.
    record Refuses(RpcError error) implements Answer {
      public Refuses {
        requireNonNull(error, "error");
      }
    }
  }
}
