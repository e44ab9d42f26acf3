// SPDX-License-Identifier: Apache-2.0
/// The server side of MCP, in both of its eras, over streams and over HTTP.
///
/// Start with [dev.redoubt.mcp.server.McpServer]; what is offered lies in a
/// [dev.redoubt.mcp.server.Catalogue]. Nothing here knows what a tool does or who may call it.
@NullMarked
package dev.redoubt.mcp.server;

import org.jspecify.annotations.NullMarked;
