// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.Optional;

/// Why a request was not answered with a result.
///
/// @param code what kind, as JSON-RPC and those who build on it number them
/// @param message in words of whoever answered
/// @param data whatever else was said
public record RpcError(long code, String message, Optional<Node> data) {

  /// There is no such method.
  public static final long NO_METHOD = -32_601;

  /// Something went wrong inside.
  public static final long INTERNAL = -32_603;

  /// Too much is asked at once.
  public static final long BUSY = -32_000;

  /// The request came to nothing on its way: what the other side did is not known.
  public static final long UNREACHED = -32_099;

  /// There is no way to the other side: it cannot be reached, or does not let this one in.
  public static final long NO_WAY = -32_098;

  /// A version was asked for that the other side does not speak; it says which it does.
  public static final long VERSION = -32_022;

  public RpcError {
    requireNonNull(message, "message");
    requireNonNull(data, "data");
  }

  /// An error with nothing but words.
  public RpcError(long code, String message) {
    this(code, message, Optional.empty());
  }
}
