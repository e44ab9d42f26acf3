// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.mcp.rpc.RpcMessage;

/// What a filter says to a message.
public sealed interface Ruling {

  /// It passes, and nothing is to be said of it.
  Ruling PASSES = new Passes(false);

  /// It passes as it is.
  ///
  /// @param recorded whether the filter has written its own entry about it already
  record Passes(boolean recorded) implements Ruling {}

  /// It passes otherwise than it came.
  ///
  /// @param message what passes instead: of the same kind, with the same id and method
  /// @param rule the id of what decided, in the manner of `mcp.credential`
  /// @param reason why, in one sentence without what was taken out
  record Changes(RpcMessage message, String rule, String reason) implements Ruling {
    public Changes {
      requireNonNull(message, "message");
      requireNonNull(rule, "rule");
      requireNonNull(reason, "reason");
    }
  }

  /// It does not pass.
  ///
  /// @param rule the id of what decided
  /// @param reason why, in one sentence
  /// @param recorded whether the filter has written its own entry about it already
  /// @param held whether it does not pass whatever the mode of the rule, because a layer above the
  ///   operator's says so
  record Blocks(String rule, String reason, boolean recorded, boolean held) implements Ruling {
    public Blocks {
      requireNonNull(rule, "rule");
      requireNonNull(reason, "reason");
    }

    /// What is blocked without an entry of the filter's own.
    public Blocks(String rule, String reason) {
      this(rule, reason, false, false);
    }
  }

  /// It passes, and something is to be said of it.
  ///
  /// @param rule the id of what noticed it
  /// @param reason what is the matter, in one sentence
  record Remarks(String rule, String reason) implements Ruling {
    public Remarks {
      requireNonNull(rule, "rule");
      requireNonNull(reason, "reason");
    }
  }
}
