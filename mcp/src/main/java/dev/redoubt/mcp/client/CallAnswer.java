// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;

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
}
