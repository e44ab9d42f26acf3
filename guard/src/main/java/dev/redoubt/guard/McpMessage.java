// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import java.util.Locale;
import java.util.Optional;

/// A message of an MCP connection that is no call of a tool, as rules name it: a call of
/// `SERVER@KIND`, whose tool is the tool or the method it is about and whose arguments are what it
/// says.
///
/// No server is called with such an ending, and a pattern means one only when it has the `@`
/// itself: a rule about every tool of every server is not about their answers.
public enum McpMessage {
  /// What a tool, a resource or a prompt answers.
  RESULT,
  /// An error that a server answers.
  ERROR,
  /// What a server asks of the agent, with a message of its own or inside a result.
  REQUEST,
  /// What the agent answers to that.
  ANSWER,
  /// A notification, in either direction.
  NOTICE,
  /// A request of the agent that is about the connection and not about what a server does.
  METHOD;

  private static final char MARK = '@';

  /// Returns what rules call this kind of message of `server`.
  public String of(String server) {
    return server + MARK + name().toLowerCase(Locale.ROOT);
  }

  /// Returns what kind of message rules call `server`; empty for the name of a server.
  public static Optional<McpMessage> in(String server) {
    for (McpMessage kind : values()) {
      if (server.endsWith(MARK + kind.name().toLowerCase(Locale.ROOT))) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
