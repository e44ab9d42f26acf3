// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// Says whether anything was sent to a port of this machine's loopback. For one thread.
public final class DatagramTrap implements AutoCloseable {

  private final DatagramChannel channel;
  private final int port;

  private DatagramTrap(DatagramChannel channel, int port) {
    this.channel = channel;
    this.port = port;
  }

  /// Returns one on a free port of 127.0.0.1.
  public static DatagramTrap open() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
      channel.configureBlocking(false);
      return new DatagramTrap(channel, ((InetSocketAddress) channel.getLocalAddress()).getPort());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Returns its port.
  public int port() {
    return port;
  }

  /// Says whether something arrived since the last call.
  public boolean caught() throws IOException {
    boolean caught = false;
    ByteBuffer taken = ByteBuffer.allocate(64);
    while (channel.receive(taken) != null) {
      caught = true;
      taken.clear();
    }
    return caught;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
