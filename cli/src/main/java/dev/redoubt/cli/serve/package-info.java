// SPDX-License-Identifier: Apache-2.0
/// Redoubt as an MCP server: what other programs may ask it, over standard input and output or
/// HTTP.
///
/// Start with [dev.redoubt.cli.serve.McpServeCommand]. A tool is a file with its description and
/// schema, a line in [dev.redoubt.cli.serve.ServedTools], and code that looks and changes nothing;
/// the one that runs commands is there only when the operator asked for it. Each call goes through
/// the guard and into the evidence first.
@NullMarked
package dev.redoubt.cli.serve;

import org.jspecify.annotations.NullMarked;
