// SPDX-License-Identifier: Apache-2.0
/// JSON-RPC 2.0 in both directions, over anything that carries whole messages.
///
/// Start with [dev.redoubt.mcp.rpc.RpcPeer]. Messages are kept as they came
/// ([dev.redoubt.mcp.rpc.Envelope]), so that a relay can pass on what it does not understand. What
/// a method means belongs to those who use this: [dev.redoubt.mcp.client], language servers.
@NullMarked
package dev.redoubt.mcp.rpc;

import org.jspecify.annotations.NullMarked;
