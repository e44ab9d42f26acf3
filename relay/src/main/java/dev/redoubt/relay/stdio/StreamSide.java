// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stdio;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.engine.Heard;
import dev.redoubt.relay.engine.Side;
import java.io.IOException;
import java.util.Optional;

/// A program that writes and reads one message a line.
public final class StreamSide implements Side {

  private final Ends ends;
  private final MessageLines lines;
  private final LineSender sender;

  /// @param largest the most bytes of a message; a longer one is read over
  public StreamSide(Ends ends, int largest) {
    this.ends = requireNonNull(ends, "ends");
    this.lines = new MessageLines(ends.in(), largest);
    this.sender = new LineSender(ends.out());
  }

  @Override
  public Optional<Heard> hear() throws IOException {
    return lines.next();
  }

  @Override
  public void send(byte[] message) throws IOException {
    sender.send(message);
  }

  @Override
  public void close() {
    try {
      ends.out().close();
    } catch (IOException e) {
      // It has ended already.
    }
  }
}
