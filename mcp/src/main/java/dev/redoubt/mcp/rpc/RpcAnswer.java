// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.time.Duration;

/// What came of a request.
public sealed interface RpcAnswer {

  /// A result.
  record Replied(Node result) implements RpcAnswer {
    public Replied {
      requireNonNull(result, "result");
    }
  }

  /// The other side said no.
  record Failed(RpcError error) implements RpcAnswer {
    public Failed {
      requireNonNull(error, "error");
    }
  }

  /// Nothing in time: the request was taken back.
  ///
  /// @param waited how long
  record Late(Duration waited) implements RpcAnswer {
    public Late {
      requireNonNull(waited, "waited");
    }
  }

  /// The connection is gone.
  ///
  /// @param reason what happened, in words that follow the name of the other side
  record Lost(String reason) implements RpcAnswer {
    public Lost {
      requireNonNull(reason, "reason");
    }
  }
}
