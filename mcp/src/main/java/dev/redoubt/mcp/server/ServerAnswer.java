// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What comes of a request.
public sealed interface ServerAnswer {

  /// This result.
  record Complete(Node.Obj result) implements ServerAnswer {
    public Complete {
      requireNonNull(result, "result");
    }
  }

  /// Something of the client is wanted first. The code is called again with what the client says.
  ///
  /// @param wishes by a name of the code's own
  /// @param state what the code wants to see again; the client carries it sealed and cannot change
  ///   it; may be empty
  record Wants(Map<String, Wish> wishes, String state) implements ServerAnswer {
    public Wants {
      wishes = Collections.unmodifiableMap(new LinkedHashMap<>(wishes));
      requireNonNull(state, "state");
    }
  }

  /// An error of the protocol.
  record Refused(RpcError error) implements ServerAnswer {
    public Refused {
      requireNonNull(error, "error");
    }
  }

  /// A result of a tool in words.
  static ServerAnswer text(String words) {
    return new Complete(new Tree().and("content", Tree.list(List.of(words(words)))).object());
  }

  /// A result of a tool that says what went wrong, for a model to read.
  static ServerAnswer failed(String words) {
    return new Complete(
        new Tree().and("content", Tree.list(List.of(words(words)))).flag("isError", true).object());
  }

  /// A result of a tool as structure, and the same as text for those who read no other.
  ///
  /// @param text the same in words or JSON
  static ServerAnswer structured(Node.Obj content, String text) {
    return new Complete(
        new Tree()
            .and("content", Tree.list(List.of(words(text))))
            .and("structuredContent", content)
            .object());
  }

  private static Node.Obj words(String words) {
    return new Tree().and("type", "text").and("text", words).object();
  }
}
