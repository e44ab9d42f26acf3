// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a server says of one of its tools.
///
/// @param name as it is called
/// @param whole all of it, with what is not understood
public record ToolDescriptor(String name, Node.Obj whole) {
  public ToolDescriptor {
    requireNonNull(name, "name");
    requireNonNull(whole, "whole");
  }

  /// Returns what a model is told of it: its description, or its title when it has none; may be
  /// empty.
  public String description() {
    return whole.text("description").or(() -> whole.text("title")).orElse("");
  }

  /// Returns its schema, of kind `object` whatever the server forgot to say.
  public Node.Obj inputSchema() {
    Map<String, Node> fields =
        new LinkedHashMap<>(whole.get("inputSchema").map(Node::fields).orElse(Map.of()));
    fields.put("type", new Node.Text("object", 1));
    return new Node.Obj(fields, 1);
  }
}
