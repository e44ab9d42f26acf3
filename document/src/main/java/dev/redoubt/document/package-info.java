// SPDX-License-Identifier: Apache-2.0
/// Reads foreign JSON, YAML, TOML and XML into one bounded tree that knows its lines.
///
/// Open [Node] first, then [Limits]. Every reader here is given bytes that somebody else wrote, so
/// each is bounded in size, depth and number of nodes, and a text that is not what it claims to be
/// ends in a [DocumentException] with the line. Nothing here knows what the documents mean.
@NullMarked
package dev.redoubt.document;

import org.jspecify.annotations.NullMarked;
