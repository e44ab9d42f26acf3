// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

/// What was received is no message.
public final class RpcFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// How bad that is.
  public enum Kind {
    /// Nothing that looks like a message: a line of a log that went astray. Nobody can take it for
    /// one.
    NOISE,
    /// Looks like a message, and two readers could read two things in it.
    BROKEN
  }

  RpcFormatException(Kind kind, String message) {
    super(message);
    this.kind = requireNonNull(kind, "kind");
  }

  /// Returns how bad it is.
  public Kind kind() {
    return kind;
  }
}
