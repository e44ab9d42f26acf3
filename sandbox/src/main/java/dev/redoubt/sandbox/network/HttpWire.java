// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.util.Timeout;

/// A connection that speaks HTTP/1.1, with what was read of it and not yet used. One request at a
/// time.
final class HttpWire implements Closeable {

  private static final int MAX_HEADERS = 200;
  private static final Timeout INSTANT = Timeout.ofMilliseconds(1);
  private static final Duration YOUNG = Duration.ofSeconds(1);

  private final Socket socket;
  private final Closeable channel;
  private final DefaultBHttpClientConnection wire;
  private final long born = System.nanoTime();
  private volatile long rested = System.nanoTime();

  /// Owns `socket`.
  ///
  /// @param channel ends whatever waits on the socket when it is closed
  /// @param headerBytes how long a line of an answer's header may be
  HttpWire(Socket socket, Closeable channel, int headerBytes) throws IOException {
    this.socket = requireNonNull(socket, "socket");
    this.channel = requireNonNull(channel, "channel");
    this.wire =
        new DefaultBHttpClientConnection(
            Http1Config.custom()
                .setMaxLineLength(headerBytes)
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxEmptyLineCount(2)
                .build());
    try {
      wire.bind(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  DefaultBHttpClientConnection http() {
    return wire;
  }

  /// Returns what ends any waiting on it when it is closed.
  Closeable channel() {
    return channel;
  }

  /// Lets a read wait for at most `longest`.
  void patience(Duration longest) throws IOException {
    socket.setSoTimeout(Math.clamp(longest.toMillis(), 1, Integer.MAX_VALUE));
  }

  /// Returns how many bytes came so far.
  long received() {
    return wire.getEndpointDetails().getReceivedBytesCount();
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - born);
  }

  /// Notes that an answer was read to its end.
  void rest() {
    rested = System.nanoTime();
  }

  /// Returns whether another request may go over it: nothing came that nobody asked for, and the
  /// other side has not ended it. What came unasked would be taken for the next answer.
  boolean isQuiet() {
    try {
      if (socket.isClosed() || wire.isDataAvailable(INSTANT)) {
        return false;
      }
      boolean young = System.nanoTime() - rested < YOUNG.toNanos();
      return young || !wire.isStale();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
