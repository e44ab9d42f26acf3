// SPDX-License-Identifier: Apache-2.0
/// `redoubt proxy install`: puts the proxy in front of the MCP servers that another agent starts.
///
/// Start with [dev.redoubt.cli.install.ProxyInstallCommand]. Configurations are edited as texts, so
/// that comments and layout stay: [dev.redoubt.cli.install.Part] says where their values stand.
@NullMarked
package dev.redoubt.cli.install;

import org.jspecify.annotations.NullMarked;
