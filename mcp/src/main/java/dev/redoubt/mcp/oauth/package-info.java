// SPDX-License-Identifier: Apache-2.0
/// OAuth 2.1 for MCP servers over HTTP: who may let this client in, and with which token.
///
/// Start with [dev.redoubt.mcp.oauth.AuthorizedExchange]. Metadata is what a server says: it is
/// checked against where it came from before a secret goes anywhere. Pages are shown and tokens are
/// kept by whoever composes it ([dev.redoubt.mcp.oauth.Consent],
/// [dev.redoubt.mcp.oauth.TokenVault]).
@NullMarked
package dev.redoubt.mcp.oauth;

import org.jspecify.annotations.NullMarked;
