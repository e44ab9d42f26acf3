// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.engine.Arrival;
import dev.redoubt.relay.engine.Conversation;
import dev.redoubt.relay.engine.Lane;
import dev.redoubt.relay.engine.Passage;
import dev.redoubt.relay.engine.Side;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// One client's own way to one server, judged in both directions. Safe to share.
final class Channel implements AutoCloseable {

  private static final Duration LAST_WORDS = Duration.ofMillis(700);

  private final Side server;
  private final Conversation conversation;
  private final Lane toClient;
  private final Hearer hearer;
  private final Object arriving = new Object();
  private final AtomicBoolean over = new AtomicBoolean();

  /// Takes what the server says.
  interface Hearer {

    /// Takes what passed: one message, or a list of them.
    void heard(byte[] message) throws InterruptedException;

    /// The server is gone, and everybody who waited has been told.
    void ended();
  }

  Channel(Upstream.Opened opened, Hearer hearer, int largest) {
    this.server = opened.side();
    this.hearer = requireNonNull(hearer, "hearer");
    this.conversation = new Conversation(opened.judging(), server, largest);
    this.toClient = new Lane(Direction.TO_CLIENT, conversation, server, this::hear, largest);
  }

  void start() {
    toClient.start(this::end);
  }

  private void hear(byte[] message) throws IOException {
    try {
      hearer.heard(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the gateway ends");
    }
  }

  boolean isOver() {
    return over.get();
  }

  /// Takes what the client says to the server, as far as it passes.
  ///
  /// @return what the client is answered at once
  Optional<byte[]> take(byte[] bytes) throws InterruptedException {
    Arrival arrival;
    synchronized (arriving) {
      arrival = conversation.arrive(Direction.TO_SERVER, bytes);
    }
    Passage passage = conversation.judge(arrival);
    if (passage.onward().isPresent()) {
      try {
        server.send(passage.onward().get());
        conversation.written(passage);
      } catch (IOException e) {
        end();
      }
      if (over.get()) {
        // What was opened after everybody was told waits for nobody.
        gone();
      }
    }
    return passage.back();
  }

  /// Returns what the server answers to a question of the gateway's own.
  RpcAnswer ask(String method, Node.Obj params) throws InterruptedException {
    return conversation.ask(method, params);
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      Thread.ofVirtual().name("gateway-end").start(this::leave);
    }
  }

  private void leave() {
    drain();
    server.close();
    gone();
    hearer.ended();
  }

  private void drain() {
    try {
      toClient.drained(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void gone() {
    for (byte[] answer : conversation.lost("has ended")) {
      try {
        hearer.heard(answer);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// Ends the way, and the server with it.
  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      server.close();
      drain();
      gone();
      hearer.ended();
    }
  }
}
