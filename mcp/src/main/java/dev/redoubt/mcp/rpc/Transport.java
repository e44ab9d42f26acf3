// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import java.io.IOException;
import java.util.Optional;

/// Carries whole messages to the other side and back. One thread sends and one receives, at the
/// same time.
public interface Transport extends AutoCloseable {

  /// Returns the next message, and waits for it; empty when the other side has ended.
  ///
  /// @throws IOException if what comes is no message, or too long
  Optional<byte[]> receive() throws IOException;

  /// Sends one message, and waits until the other side takes it.
  void send(byte[] message) throws IOException;

  /// Returns whether arguments of tools that their schemas name with `x-mcp-header` also stand
  /// beside the message. A tool whose schema does that wrongly cannot be called then.
  default boolean mirrorsArguments() {
    return false;
  }

  /// Ends both directions, and with them whoever waits in one.
  @Override
  void close();
}
