// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// Leads from a port of loopback to a Unix-domain socket, as the one inside a sandbox does.
final class Relay implements AutoCloseable {

  private final ServerSocket listening;

  Relay(Path socket) throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(socket));
  }

  EgressEndpoint.Port endpoint() {
    return new EgressEndpoint.Port("127.0.0.1", listening.getLocalPort(), "");
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept(Path socket) {
    while (!listening.isClosed()) {
      try {
        Socket program = listening.accept();
        SocketChannel proxy = SocketChannel.open(StandardProtocolFamily.UNIX);
        proxy.connect(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> there(program, proxy));
        Thread.ofVirtual().start(() -> back(program, proxy));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void there(Socket program, SocketChannel proxy) {
    try {
      program.getInputStream().transferTo(Channels.newOutputStream(proxy));
      proxy.shutdownOutput();
    } catch (IOException e) {
      // One of both is gone.
    }
  }

  private static void back(Socket program, SocketChannel proxy) {
    try (program;
        proxy) {
      Channels.newInputStream(proxy).transferTo(program.getOutputStream());
    } catch (IOException e) {
      // One of both is gone.
    }
  }
}
