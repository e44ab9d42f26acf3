// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.Envelope;
import dev.redoubt.mcp.rpc.RpcFormatException;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcReader;
import dev.redoubt.mcp.rpc.Transport;
import dev.redoubt.relay.engine.Heard;
import dev.redoubt.relay.engine.Side;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A server that is asked over HTTP, in whichever way it speaks it. What came as a list is sent one
/// by one: only one version of the protocol has lists, and their answers need not come together.
public final class RemoteSide implements Side {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Transport transport;
  private final RpcReader reader;
  private @Nullable RpcId greeting;
  private boolean closed;

  /// @param largest the most bytes of a message
  public RemoteSide(Transport transport, int largest) {
    this.transport = requireNonNull(transport, "transport");
    this.reader = new RpcReader(largest);
  }

  @Override
  public Optional<Heard> hear() throws IOException {
    Optional<byte[]> received = transport.receive();
    if (received.isEmpty()) {
      greeted();
    } else if (isGreeting()) {
      answered(received.get());
    }
    return received.map(bytes -> new Heard(bytes, false));
  }

  private synchronized boolean isGreeting() {
    return greeting != null;
  }

  private synchronized void greeted() {
    greeting = null;
    notifyAll();
  }

  private synchronized void answered(byte[] bytes) {
    try {
      for (RpcMessage message : reader.read(bytes).messages()) {
        RpcId id =
            switch (message) {
              case RpcMessage.Result result -> result.id();
              case RpcMessage.Failure failure -> failure.id();
              case RpcMessage.Request _, RpcMessage.Notice _ -> null;
            };
        if (id != null && id.equals(greeting)) {
          greeted();
        }
      }
    } catch (RpcFormatException e) {
      // Whoever judges it says so.
    }
  }

  /* What is sent before the session has begun would belong to none. */
  private synchronized void awaitGreeting() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (greeting != null && !closed) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw new IOException("the server does not greet");
        }
        wait(left / 1_000_000 + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("nobody waits for the greeting any more");
    }
  }

  private synchronized void greets(RpcMessage message) {
    if (message instanceof RpcMessage.Request(RpcId id, String method, var _)
        && method.equals("initialize")) {
      greeting = id;
    }
  }

  @Override
  public void send(byte[] message) throws IOException {
    awaitGreeting();
    try {
      Envelope envelope = reader.read(message);
      if (envelope.kind() == Envelope.Kind.SINGLE) {
        greets(envelope.messages().getFirst());
        transport.send(message);
        return;
      }
      for (Node each : envelope.tree().items()) {
        transport.send(JsonText.of(each).getBytes(UTF_8));
      }
    } catch (RpcFormatException e) {
      throw new IOException("what was to be sent " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    transport.close();
  }
}
