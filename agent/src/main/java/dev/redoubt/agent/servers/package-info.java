// SPDX-License-Identifier: Apache-2.0
/// Tools that come from MCP servers.
///
/// Start with [dev.redoubt.agent.servers.McpServers]. A server is started like everything else: as
/// an action, through the gate, inside the sandbox; so is each call. What a server says of its
/// tools is pinned when it is met first.
@NullMarked
package dev.redoubt.agent.servers;

import org.jspecify.annotations.NullMarked;
