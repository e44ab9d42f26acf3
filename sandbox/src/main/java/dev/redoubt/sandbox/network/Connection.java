// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// An open connection to a judged address. Closing it from another thread, or interrupting the
/// thread that waits on it, ends the waiting with an [IOException].
public final class Connection implements AutoCloseable {

  private final Socket socket;

  Connection(Socket socket) {
    this.socket = socket;
  }

  /// Returns what comes in.
  public InputStream input() throws IOException {
    return socket.getInputStream();
  }

  /// Returns where to write.
  public OutputStream output() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
