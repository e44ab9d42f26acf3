// SPDX-License-Identifier: Apache-2.0
/// The records everyone speaks: packages, agents, MCP servers, instruction files, findings and
/// gaps.
///
/// Open [Inventory] first: it is what extractors produce and matchers read. Values only: nothing
/// here reads a file, opens a connection or knows a rule. The one exception to plain data is
/// [Purl], whose text form is part of the value.
@NullMarked
package dev.redoubt.model;

import org.jspecify.annotations.NullMarked;
