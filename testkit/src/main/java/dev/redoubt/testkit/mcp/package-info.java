// SPDX-License-Identifier: Apache-2.0

/// Servers that speak MCP, to be started as programs of their own: [EchoServer] first.
@NullMarked
package dev.redoubt.testkit.mcp;

import org.jspecify.annotations.NullMarked;
