// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A connection whose other side is the test.
public final class Wire implements Transport {

  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> toPeer = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> fromPeer = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  /// Sends `message` to the peer.
  public void says(String message) {
    toPeer.add(message.getBytes(UTF_8));
  }

  public void says(byte[] message) {
    toPeer.add(message);
  }

  /// Returns the next message of the peer.
  public String hears() throws InterruptedException {
    byte[] message = fromPeer.poll(20, TimeUnit.SECONDS);
    return message == null ? "(nothing)" : new String(message, UTF_8);
  }

  public void ends() {
    toPeer.add(END);
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public Optional<byte[]> receive() {
    try {
      byte[] message = toPeer.take();
      return message.length == 0 ? Optional.empty() : Optional.of(message);
    } catch (InterruptedException e) {
      return Optional.empty();
    }
  }

  @Override
  public void send(byte[] message) {
    fromPeer.add(message);
  }

  @Override
  public void close() {
    closed = true;
    toPeer.add(END);
  }
}
