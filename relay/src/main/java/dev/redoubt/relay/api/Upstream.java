// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.api;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;

/// The server behind a relay, for filters that have to know more of it than what passes.
public interface Upstream {

  /// Returns what the server answers to a question of the relay's own, which the agent never sees.
  /// What every request of the agent carries in `_meta` about the protocol is added.
  RpcAnswer ask(String method, Node.Obj params) throws InterruptedException;
}
