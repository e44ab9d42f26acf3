// SPDX-License-Identifier: Apache-2.0
/// Rules about MCP servers, as the configurations of agents declare them.
///
/// Each rule is one matcher with its page in `docs/catalog/matchers`; open [McpPlainHttpMatcher]
/// first. A server that its configuration switches off is left alone, since nothing runs; only
/// [McpPlaintextSecretMatcher] looks at it too, because the secret is in the file all the same.
/// What runs, and what it answers, is not looked at here.
@NullMarked
package dev.redoubt.scan.matchers.mcp;

import org.jspecify.annotations.NullMarked;
