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
  private volatile Runnable over = () -> {};

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
  /// @param told is run, once or more often, when no more is heard or taken
  public void start(Runnable told) {
    over = requireNonNull(told, "told");
    Thread.ofVirtual()
        .name("relay-read-" + direction)
        .start(() -> {
          try {
            read();
          } finally {
            ended.countDown();
            told.run();
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
            underWay.stopped();
            // Whoever is not written to any more is not read either.
            ended.countDown();
            told.run();
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

  /// Waits until everything that was heard so far is answered or has gone on, or can do neither,
  /// and `most` at most.
  public void settled(Duration most) throws InterruptedException {
    underWay.settled(most);
  }

  /// What arrived, in its order, with its judgement as soon as there is one.
  private static final class Queue {

    private final BlockingQueue<Optional<Due>> messages = new ArrayBlockingQueue<>(UNDER_WAY);
    private final Semaphore room = new Semaphore(MOST_KILOBYTES);
    private long heard;
    private long gone;

    /// @param kilobytes what it takes of the room
    private record Due(CompletableFuture<Passage> judged, int kilobytes) {}

    void put(CompletableFuture<Passage> judged, int bytes) throws InterruptedException {
      int kilobytes = Math.min(MOST_KILOBYTES, 1 + (bytes >> 10));
      room.acquire(kilobytes);
      synchronized (this) {
        heard++;
      }
      messages.put(Optional.of(new Due(judged, kilobytes)));
    }

    /// One more has gone on, or been answered.
    synchronized void gone() {
      gone++;
      notifyAll();
    }

    /// Nothing goes on any more.
    synchronized void stopped() {
      gone = Long.MAX_VALUE;
      notifyAll();
    }

    synchronized void settled(Duration most) throws InterruptedException {
      long due = heard;
      long end = System.nanoTime() + most.toNanos();
      for (long left = most.toNanos(); left > 0 && gone < due; left = end - System.nanoTime()) {
        wait(left / 1_000_000 + 1);
      }
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
    boolean taken = true;
    try {
      for (Optional<Passage> next = underWay.take(); next.isPresent(); next = underWay.take()) {
        Passage passage = next.get();
        taken = taken && sent(passage);
        if (passage.back().isPresent()) {
          from.send(passage.back().get());
        }
        underWay.gone();
        if (passage.then() == Passage.Then.HANG_UP) {
          return;
        }
      }
    } catch (IOException | ExecutionException e) {
      // A side that does not take its answers has ended, or might as well have; a message that
      // could not be judged ends the connection, because whoever waits for it would wait for ever.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /* A side that takes nothing has ended; who asked it is still told what was refused before. */
  private boolean sent(Passage passage) {
    if (passage.onward().isEmpty()) {
      return true;
    }
    try {
      onward.send(passage.onward().get());
      conversation.written(passage);
      return true;
    } catch (IOException e) {
      ended.countDown();
      over.run();
      return false;
    }
  }
}
