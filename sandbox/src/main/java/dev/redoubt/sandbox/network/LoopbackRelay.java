// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/// Hands every connection to a port of this machine's loopback on to a socket in the file system.
///
/// Made for a network namespace that has nothing but a loopback: there the port reaches whoever
/// listens on the socket outside, and nobody else. At most 256 connections at once; more wait. Safe
/// to share.
public final class LoopbackRelay implements AutoCloseable {

  private static final int MOST = 256;
  private static final int CHUNK = 64 << 10;

  private final ServerSocketChannel server;
  private final Path socket;
  private final Semaphore free = new Semaphore(MOST);

  private LoopbackRelay(ServerSocketChannel server, Path socket) {
    this.server = server;
    this.socket = socket;
  }

  /// Returns the running relay.
  ///
  /// @param port from 1 to 65535, or 0 for any that is free
  /// @param socket where it is handed on to
  public static LoopbackRelay start(int port, Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET);
    try {
      server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    LoopbackRelay relay = new LoopbackRelay(server, socket);
    Thread.ofVirtual().name("relay").start(relay::accept);
    return relay;
  }

  /// Finds out whether somebody listens on `socket` in this kernel.
  ///
  /// @throws IOException if not: one of another machine is a file like any other here
  public static void requireAnswer(Path socket) throws IOException {
    try (SocketChannel far = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      far.connect(UnixDomainSocketAddress.of(socket));
    }
  }

  /// Returns the port it listens on.
  public int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  private void accept() {
    try {
      while (true) {
        free.acquire();
        SocketChannel near = server.accept();
        Thread.ofVirtual().name("relay-connection").start(() -> carry(near));
      }
    } catch (IOException e) {
      // It was closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carry(SocketChannel near) {
    try (near;
        SocketChannel far = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      far.connect(UnixDomainSocketAddress.of(socket));
      Thread back = Thread.ofVirtual().name("relay-back").start(() -> copy(far, near));
      copy(near, far);
      back.join();
    } catch (IOException e) {
      // The other side is gone: closing this one tells.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      free.release();
    }
  }

  /* Copies until the end of one direction, and tells the other side of that end. */
  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    try {
      while (from.read(chunk) >= 0) {
        chunk.flip();
        while (chunk.hasRemaining()) {
          to.write(chunk);
        }
        chunk.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      closeBoth(from, to);
    }
  }

  private static void closeBoth(SocketChannel one, SocketChannel other) {
    try (one;
        other) {
      one.shutdownInput();
    } catch (IOException e) {
      // It is closed, which is what was wanted.
    }
  }

  /// Takes no connection any more. Those that are open stay until one side ends them.
  @Override
  public void close() throws IOException {
    server.close();
  }
}
