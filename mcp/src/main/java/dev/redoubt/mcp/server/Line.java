// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;

/// The way back to the client while one of its requests is worked on.
interface Line {

  /// Tells the client something, and waits until there is room for it.
  void tell(String method, Node params) throws InterruptedException;

  /// Asks the client something, and waits for its answer.
  RpcAnswer ask(String method, Node params) throws InterruptedException;
}
