// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/// An open connection, to a judged address or from a [Listener]. Closing it from another thread, or
/// interrupting the thread that waits on it, ends the waiting with an [IOException]. One thread may
/// read while another writes.
public final class Connection implements AutoCloseable {

  private final InputStream in;
  private final OutputStream out;
  private final Ending ending;

  private Connection(InputStream in, OutputStream out, Ending ending) {
    this.in = in;
    this.out = out;
    this.ending = ending;
  }

  /// Returns the connection of `socket`, which it owns.
  static Connection of(Socket socket) throws IOException {
    return new Connection(
        socket.getInputStream(),
        socket.getOutputStream(),
        new Ending() {
          @Override
          public void finish() throws IOException {
            socket.shutdownOutput();
          }

          @Override
          public void close() throws IOException {
            socket.close();
          }
        });
  }

  /// Returns the connection of `channel`, which it owns.
  static Connection of(SocketChannel channel) {
    return new Connection(
        Channels.newInputStream(channel),
        Channels.newOutputStream(channel),
        new Ending() {
          @Override
          public void finish() throws IOException {
            channel.shutdownOutput();
          }

          @Override
          public void close() throws IOException {
            channel.close();
          }
        });
  }

  /// Returns what comes in.
  public InputStream input() throws IOException {
    return in;
  }

  /// Returns where to write.
  public OutputStream output() throws IOException {
    return out;
  }

  /// Tells the other side that nothing more will be written; it may still be read.
  public void finish() throws IOException {
    ending.finish();
  }

  @Override
  public void close() throws IOException {
    ending.close();
  }

  /// How the two ways of holding a connection end it.
  private interface Ending {
    void finish() throws IOException;

    void close() throws IOException;
  }
}
