// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;

/// One thing a server offers: a tool, a resource, a kind of resources, a prompt.
///
/// @param key what it is asked for by: its name, its URI, or the template of one
/// @param whole what clients are told of it
/// @param code what it does
public record Item(String key, Node.Obj whole, ServerCode code) {
  public Item {
    requireNonNull(key, "key");
    requireNonNull(whole, "whole");
    requireNonNull(code, "code");
  }

  /// Returns a tool.
  ///
  /// @param about its description, its schemas and whatever else clients are told
  public static Item tool(String name, Node.Obj about, ServerCode code) {
    return new Item(name, new Tree().and("name", name).all(about.fields()).object(), code);
  }
}
