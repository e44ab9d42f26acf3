// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// How messages lie one after the other in a stream. Without state of its own; safe to share.
public interface Framing {

  /// Returns the next message; empty at the end of `in`, which is buffered.
  ///
  /// @param largest the most bytes of a message
  /// @throws TooLongException if a message is longer
  /// @throws IOException if what comes is no message
  Optional<byte[]> read(InputStream in, int largest) throws IOException;

  /// Reads over the rest of a message that was too long, and keeps nothing of it.
  ///
  /// @return whether the next message can be read; false when `in` ended, or nobody can tell where
  ///   the next one begins
  boolean readOver(InputStream in) throws IOException;

  /// Writes one message.
  void write(OutputStream out, byte[] message) throws IOException;

  /// One message a line, as MCP has it. Empty lines are passed over.
  Framing LINES = new LineFraming();

  /// A header with the length before each message, as language servers have it.
  Framing HEADERS = new HeaderFraming();
}
