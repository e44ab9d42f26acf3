// SPDX-License-Identifier: Apache-2.0

/// What is known of MCP servers, and what is wrong with it, for a person who decides whether to use
/// one.
///
/// Start at [Inspection]. Files are read by [InspectedFile]; nothing here starts or connects to
/// anything.
@NullMarked
package dev.redoubt.cli.inspect;

import org.jspecify.annotations.NullMarked;
