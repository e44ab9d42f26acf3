// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.api.Direction;
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

/// One direction of a conversation: what one side says is judged many at a time, and goes on in the
/// order in which it came. Whoever does not take what goes on holds up whoever says it, and nothing
/// is kept beyond a bound.
public final class Lane {

  /* How many messages are judged and written at once. */
  private static final int UNDER_WAY = 1_024;
  private static final int MOST_KILOBYTES = 64 << 10;

  private final Direction direction;
  private final Conversation conversation;
  private final Side from;
  private final Sender onward;
  private final int largest;
  private final Queue underWay = new Queue();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  /// @param from whose messages these are; is also told what it is answered at once
  /// @param onward takes what passes
  /// @param largest the most bytes of a message
  public Lane(
      Direction direction, Conversation conversation, Side from, Sender onward, int largest) {
    this.direction = requireNonNull(direction, "direction");
    this.conversation = requireNonNull(conversation, "conversation");
    this.from = requireNonNull(from, "from");
    this.onward = requireNonNull(onward, "onward");
    this.largest = largest;
  }

  /// Starts to carry messages.
  ///
  /// @param over is run, once or twice, when no more is heard or taken
  public void start(Runnable over) {
    Thread.ofVirtual()
        .name("relay-read-" + direction)
        .start(() -> {
          try {
            read();
          } finally {
            ended.countDown();
            over.run();
            underWay.end();
          }
        });
    Thread.ofVirtual()
        .name("relay-write-" + direction)
        .start(() -> {
          try {
            write();
          } finally {
            done.countDown();
            // Whoever is not written to any more is not read either.
            ended.countDown();
            over.run();
          }
        });
  }

  /// Returns whether no more is heard, or what goes on is not taken any more.
  public boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /// Waits until everything that was heard has gone on, and `most` at most.
  public void drained(Duration most) throws InterruptedException {
    var _ = done.await(most.toNanos(), TimeUnit.NANOSECONDS);
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

  private void read() {
    try {
      for (Optional<Heard> next = from.hear(); next.isPresent(); next = from.hear()) {
        Heard heard = next.get();
        Arrival arrival =
            heard.isTooLong()
                ? conversation.tooLong(direction, heard.bytes(), largest)
                : conversation.arrive(direction, heard.bytes());
        CompletableFuture<Passage> judged = new CompletableFuture<>();
        Thread.ofVirtual().name("relay-judge").start(() -> judge(arrival, judged));
        underWay.put(judged, heard.bytes().length);
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

  private void write() {
    try {
      for (Optional<Passage> next = underWay.take(); next.isPresent(); next = underWay.take()) {
        Passage passage = next.get();
        if (passage.onward().isPresent()) {
          onward.send(passage.onward().get());
          conversation.written(passage);
        }
        if (passage.back().isPresent()) {
          from.send(passage.back().get());
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
