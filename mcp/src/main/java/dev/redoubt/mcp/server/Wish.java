// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;

/// What a server wants of the client before it answers: of the person, of the model, or its roots.
///
/// @param method `elicitation/create`, `sampling/createMessage` or `roots/list`
public record Wish(String method, Node.Obj params) {
  public Wish {
    requireNonNull(method, "method");
    requireNonNull(params, "params");
  }

  /// A question to the person.
  ///
  /// @param schema what an answer looks like
  public static Wish elicit(String message, Node.Obj schema) {
    return new Wish(
        "elicitation/create",
        new Tree().and("message", message).and("requestedSchema", schema).object());
  }

  /// The roots of the client.
  public static Wish roots() {
    return new Wish("roots/list", Tree.empty());
  }

  /// Returns the capability that a client needs for it.
  String capability() {
    return method.substring(0, method.indexOf('/'));
  }
}
