// SPDX-License-Identifier: Apache-2.0
/// Programs from npm that tests run: MCP servers, and the suites others judge implementations with.
///
/// Start with [dev.redoubt.testkit.npm.NpmPrograms]. Tests that use it carry `@NeedsEngine("npm")`.
@NullMarked
package dev.redoubt.testkit.npm;

import org.jspecify.annotations.NullMarked;
