// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stdio;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.engine.Arrival;
import dev.redoubt.relay.engine.Conversation;
import dev.redoubt.relay.engine.Judging;
import dev.redoubt.relay.engine.Passage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Carries messages between two programs that write one message a line, until one of them ends.
///
/// Messages are judged beside each other and go on in the order in which they came. A side that
/// does not read holds up whoever writes to it, and nothing is kept beyond a bound.
public final class StdioRelay {

  /* How many messages of one direction are judged and written at once. */
  private static final int UNDER_WAY = 1_024;
  private static final int MOST_KILOBYTES = 64 << 10;
  private static final Duration DRAINING = Duration.ofMillis(700);

  private final Ends client;
  private final Ends server;
  private final LineSender toClient;
  private final LineSender toServer;
  private final Conversation conversation;
  private final int largest;
  private final CountDownLatch clientEnded = new CountDownLatch(1);
  private final CountDownLatch serverEnded = new CountDownLatch(1);
  private final CountDownLatch toServerDone = new CountDownLatch(1);
  private final CountDownLatch toClientDone = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  /// @param client the side of the agent
  /// @param server the side of the server
  /// @param judging who judges messages
  /// @param largest the most bytes of a message; a longer one is refused and read over
  public StdioRelay(Ends client, Ends server, Judging judging, int largest) {
    this.client = requireNonNull(client, "client");
    this.server = requireNonNull(server, "server");
    this.toClient = new LineSender(client.out());
    this.toServer = new LineSender(server.out());
    this.conversation = new Conversation(judging, toServer, largest);
    this.largest = largest;
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
    lane(Direction.TO_SERVER, client, clientEnded, toServerDone);
    lane(Direction.TO_CLIENT, server, serverEnded, toClientDone);
  }

  /// Waits until one side has ended, and says which. What it still said has then gone on, as far as
  /// the other side took it soon.
  public EndedBy await() throws InterruptedException {
    over.await();
    if (clientEnded.getCount() == 0) {
      var _ = toServerDone.await(DRAINING.toMillis(), TimeUnit.MILLISECONDS);
      // A server that does not read holds the stream, and closing it would wait as well.
      Thread.ofVirtual().name("relay-close").start(() -> close(server));
      return EndedBy.CLIENT;
    }
    var _ = toClientDone.await(DRAINING.toMillis(), TimeUnit.MILLISECONDS);
    return EndedBy.SERVER;
  }

  /// Waits until everything the server still said has reached the agent, and `most` at most.
  public void drained(Duration most) throws InterruptedException {
    var _ = toClientDone.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Tells the agent that the server is gone: every request that waits is answered so.
  ///
  /// @param reason in the manner of `has ended with the exit code 3`
  public void lost(String reason) {
    for (byte[] answer : conversation.lost(reason)) {
      try {
        toClient.send(answer);
      } catch (IOException e) {
        return; // Nobody is left who could be told.
      }
    }
  }

  private static void close(Ends side) {
    try {
      side.out().close();
    } catch (IOException e) {
      // It has ended already.
    }
  }

  private void lane(Direction direction, Ends from, CountDownLatch ended, CountDownLatch done) {
    Queue underWay = new Queue();
    Thread.ofVirtual()
        .name("relay-read-" + direction)
        .start(() -> {
          try {
            read(direction, from, underWay);
          } finally {
            ended.countDown();
            over.countDown();
            underWay.end();
          }
        });
    Thread.ofVirtual()
        .name("relay-write-" + direction)
        .start(() -> {
          try {
            write(direction, underWay);
          } finally {
            done.countDown();
            // Whoever is not written to any more is not read either.
            ended.countDown();
            over.countDown();
          }
        });
  }

  /// What arrived, in its order, with its judgement as soon as there is one.
  private static final class Queue {

    private final BlockingQueue<Optional<Due>> messages = new ArrayBlockingQueue<>(UNDER_WAY);
    private final Semaphore room = new Semaphore(MOST_KILOBYTES);

    /// @param kilobytes what it takes of the room
    private record Due(CompletableFuture<Passage> judged, int kilobytes) {}

    void put(CompletableFuture<Passage> judged, int bytes) throws InterruptedException {
      int kilobytes = Math.min(MOST_KILOBYTES, 1 + (bytes >> 10));
      room.acquire(kilobytes);
      messages.put(Optional.of(new Due(judged, kilobytes)));
    }

    void end() {
      try {
        messages.put(Optional.empty());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /// Returns the next one, once it is judged; empty at the end.
    Optional<Passage> take() throws InterruptedException, ExecutionException {
      Optional<Due> next = messages.take();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      Passage passage = next.get().judged().get();
      room.release(next.get().kilobytes());
      return Optional.of(passage);
    }
  }

  private void read(Direction direction, Ends from, Queue underWay) {
    MessageLines lines = new MessageLines(from.in(), largest);
    try {
      for (Optional<MessageLines.Line> next = lines.next(); next.isPresent(); next = lines.next()) {
        MessageLines.Line line = next.get();
        Arrival arrival =
            line.isTooLong()
                ? conversation.tooLong(direction, line.bytes(), largest)
                : conversation.arrive(direction, line.bytes());
        CompletableFuture<Passage> judged = new CompletableFuture<>();
        Thread.ofVirtual().name("relay-judge").start(() -> judge(arrival, judged));
        underWay.put(judged, line.bytes().length);
      }
    } catch (IOException e) {
      // A side that cannot be read has ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void judge(Arrival arrival, CompletableFuture<Passage> judged) {
    try {
      judged.complete(conversation.judge(arrival));
    } catch (InterruptedException | RuntimeException | Error e) {
      // Whatever it is, nobody may wait for ever.
      judged.completeExceptionally(e);
    }
  }

  private void write(Direction direction, Queue underWay) {
    LineSender onward = direction == Direction.TO_SERVER ? toServer : toClient;
    LineSender back = direction == Direction.TO_SERVER ? toClient : toServer;
    try {
      for (Optional<Passage> next = underWay.take(); next.isPresent(); next = underWay.take()) {
        Passage passage = next.get();
        if (passage.onward().isPresent()) {
          onward.send(passage.onward().get());
          conversation.written(passage);
        }
        if (passage.back().isPresent()) {
          back.send(passage.back().get());
        }
        if (passage.then() == Passage.Then.HANG_UP) {
          return;
        }
      }
    } catch (IOException | ExecutionException e) {
      // A side that does not take what it is sent has ended, or might as well have; a message that
      // could not be judged ends the connection, because whoever waits for it would wait for ever.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
