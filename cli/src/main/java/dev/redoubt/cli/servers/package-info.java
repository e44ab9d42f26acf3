// SPDX-License-Identifier: Apache-2.0
/// Which MCP servers a session has, and what is known of them.
///
/// Start with [dev.redoubt.cli.servers.ServerSettings]. The operator names servers in the
/// configuration of their own; a checkout that is trusted names others in `.mcp.json`.
@NullMarked
package dev.redoubt.cli.servers;

import org.jspecify.annotations.NullMarked;
