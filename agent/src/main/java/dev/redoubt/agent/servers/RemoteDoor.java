// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import dev.redoubt.mcp.rpc.Transport;

/// Opens the way to a server that is reached over HTTP. Safe to share.
@FunctionalInterface
public interface RemoteDoor {

  /// Returns a connection to `server`, which `plan` names. Nothing is sent yet.
  Transport open(ServerPlan plan, RemoteServer server);
}
