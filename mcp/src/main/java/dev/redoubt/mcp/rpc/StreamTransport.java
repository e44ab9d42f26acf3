// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// Messages over two streams, those of a program for example.
public final class StreamTransport implements Transport {

  private static final int BUFFER = 64 << 10;

  private final InputStream in;
  private final OutputStream out;
  private final Framing framing;
  private final int largest;
  private final Runnable end;

  /// @param in what the other side writes
  /// @param out what the other side reads
  /// @param largest the most bytes of a message
  /// @param end ends the other side, and so both streams
  public StreamTransport(
      InputStream in, OutputStream out, Framing framing, int largest, Runnable end) {
    this.in = new BufferedInputStream(in, BUFFER);
    this.out = requireNonNull(out, "out");
    this.framing = requireNonNull(framing, "framing");
    this.largest = largest;
    this.end = requireNonNull(end, "end");
  }

  @Override
  public Optional<byte[]> receive() throws IOException {
    return framing.read(in, largest);
  }

  @Override
  public void send(byte[] message) throws IOException {
    framing.write(out, message);
  }

  /* Closing a stream in which somebody waits would wait as well, so the other side is ended. */
  @Override
  public void close() {
    end.run();
  }
}
