// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import dev.redoubt.guard.network.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Opens a socket to an address that was judged. Only tests of this package have another than
/// [#DIRECT]: no configuration reaches it.
interface Connector {

  /// Connects through no proxy, to exactly the address. An interrupt or closing the socket from
  /// another thread ends whatever waits on it, because it stands on a channel.
  Connector DIRECT = Connector::direct;

  /// Returns a socket that is connected to `port` at `address`.
  ///
  /// @param opened is told of the socket before it connects
  Socket connect(IpAddress address, int port, Duration patience, Deadline opened)
      throws IOException;

  private static Socket direct(IpAddress address, int port, Duration patience, Deadline opened)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      opened.closes(channel);
      Socket socket = channel.socket();
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(address.bytes()), port),
          Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
      return socket;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
