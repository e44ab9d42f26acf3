// SPDX-License-Identifier: Apache-2.0
/// The client side of MCP, in both of its eras.
///
/// Start with [dev.redoubt.mcp.client.McpClient]. What a server says is foreign: nothing here
/// believes it, shows it or acts on it. Who may call which tool is decided elsewhere.
@NullMarked
package dev.redoubt.mcp.client;

import org.jspecify.annotations.NullMarked;
