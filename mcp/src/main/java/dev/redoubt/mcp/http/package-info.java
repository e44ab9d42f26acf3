// SPDX-License-Identifier: Apache-2.0
/// MCP over HTTP, for a client: streamable HTTP of both eras, and HTTP with SSE before it.
///
/// Start with [dev.redoubt.mcp.http.HttpTransport]. Nothing here connects: whoever composes it
/// binds [dev.redoubt.mcp.http.WebExchange] to a client that judges where it connects to.
@NullMarked
package dev.redoubt.mcp.http;

import org.jspecify.annotations.NullMarked;
