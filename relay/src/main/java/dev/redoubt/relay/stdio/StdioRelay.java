// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stdio;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.engine.Conversation;
import dev.redoubt.relay.engine.Judging;
import dev.redoubt.relay.engine.Lane;
import dev.redoubt.relay.engine.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// Carries messages between an agent that writes one message a line and a server, until one of them
/// ends.
///
/// Messages are judged beside each other and go on in the order in which they came. A side that
/// does not read holds up whoever writes to it, and nothing is kept beyond a bound.
public final class StdioRelay {

  private static final Duration DRAINING = Duration.ofMillis(700);
  private static final Duration SETTLING = Duration.ofMillis(150);

  private final Side client;
  private final Side server;
  private final Duration patience;
  private final Conversation conversation;
  private final Lane toServer;
  private final Lane toClient;
  private final CountDownLatch over = new CountDownLatch(1);

  /// @param client the side of the agent
  /// @param server the side of the server
  /// @param judging who judges messages
  /// @param largest the most bytes of a message; a longer one is refused and read over
  public StdioRelay(Ends client, Ends server, Judging judging, int largest) {
    this(client, new StreamSide(server, largest), Duration.ZERO, judging, largest);
  }

  /// @param client the side of the agent
  /// @param server the side of the server, whatever carries it
  /// @param patience how long what the agent asked may still be answered when the agent has ended:
  ///   a server that is told by the end of its input has that time anyway, and needs none here
  /// @param judging who judges messages
  /// @param largest the most bytes of a message; a longer one is refused and read over
  public StdioRelay(Ends client, Side server, Duration patience, Judging judging, int largest) {
    this.patience = requireNonNull(patience, "patience");
    this.client = new StreamSide(client, largest);
    this.server = requireNonNull(server, "server");
    this.conversation = new Conversation(judging, server, largest);
    this.toServer = new Lane(Direction.TO_SERVER, conversation, this.client, server, largest);
    this.toClient = new Lane(Direction.TO_CLIENT, conversation, server, this.client, largest);
  }

  /// Who ended it.
  public enum EndedBy {
    /// The agent closed its side; the server has been told by the end of its input.
    CLIENT,
    /// The server ended or closed its side, and the agent was told.
    SERVER
  }

  /// Starts to carry messages.
  public void start() {
    toServer.start(over::countDown);
    toClient.start(over::countDown);
  }

  /// Waits until one side has ended, and says which. What it still said has then gone on, as far as
  /// the other side took it soon.
  public EndedBy await() throws InterruptedException {
    over.await();
    if (toServer.hasEnded()) {
      toServer.drained(DRAINING);
      // A server that does not read holds the stream, and closing it would wait as well.
      Thread.ofVirtual().name("relay-close").start(this::leave);
      return EndedBy.CLIENT;
    }
    toClient.drained(DRAINING);
    return EndedBy.SERVER;
  }

  private void leave() {
    try {
      conversation.settled(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }

  /// Waits until everything the server still said has reached the agent, and `most` at most.
  public void drained(Duration most) throws InterruptedException {
    toClient.drained(most);
  }

  /// Tells the agent that the server is gone: every request that waits is answered so, and once.
  ///
  /// @param reason in the manner of `has ended with the exit code 3`
  public void lost(String reason) throws InterruptedException {
    for (byte[] answer : conversation.lost(reason)) {
      try {
        client.send(answer);
      } catch (IOException e) {
        return; // Nobody is left who could be told.
      }
    }
    // What had been refused, or answered, before this still comes.
    toServer.settled(SETTLING);
    toClient.settled(SETTLING);
  }
}
