// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server on loopback that does with each connection what a test wants.
final class RawServer implements AutoCloseable {

  /// Serves one connection, which is closed when it returns.
  interface Service {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket listening;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();

  RawServer(Service service) throws IOException {
    listening = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(service));
  }

  /// Returns a server that reads until `end` came, notes what it read and answers `answer`.
  static RawServer collecting(String answer, String end) throws IOException {
    RawServer[] self = new RawServer[1];
    self[0] =
        new RawServer(socket -> {
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          while (!all.toString(ISO_8859_1).endsWith(end)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
              break;
            }
            all.write(next);
          }
          self[0].received.add(all.toString(ISO_8859_1));
          socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
        });
    return self[0];
  }

  /// Returns a server that sends everything back.
  static RawServer echoing() throws IOException {
    return new RawServer(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
  }

  int port() {
    return listening.getLocalPort();
  }

  List<String> received() {
    return List.copyOf(received);
  }

  /// Returns how many connections came.
  int connections() {
    return open.size();
  }

  /// Closes what programs left open here.
  void forget() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void accept(Service service) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, service));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket socket, Service service) {
    try (socket) {
      service.serve(socket);
    } catch (IOException e) {
      // The other side went away, which several tests want.
    }
  }
}
