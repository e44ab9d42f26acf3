// SPDX-License-Identifier: Apache-2.0
/// Agents: the MCP servers their configurations declare, and the texts they take instructions from.
///
/// Open [McpClients] first, the written table of the clients and their files; then
/// [McpConfigJsonExtractor] and its siblings, one for each syntax. [ServerSections] finds the
/// declarations in a file of any of those clients, [ServerReader] reads one. No value of a secret
/// leaves this package.
@NullMarked
package dev.redoubt.scan.extractors.agents;

import org.jspecify.annotations.NullMarked;
