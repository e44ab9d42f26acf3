// SPDX-License-Identifier: Apache-2.0

/// `redoubt proxy`: a relay in front of an MCP server, put together.
@NullMarked
package dev.redoubt.cli.relay;

import org.jspecify.annotations.NullMarked;
