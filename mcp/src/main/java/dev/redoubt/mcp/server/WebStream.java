// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.util.Objects.requireNonNull;

import dev.redoubt.http.EventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client is told in the course of one request, or beside all of them: written by whoever
/// works on it, and read by whoever has the connection, again from a place when it was cut off.
///
/// Who writes waits when too much is unread, so that memory is bounded. Safe to share.
public final class WebStream {

  /// Before the first message.
  public static final long BEGINNING = -1;

  private static final int UNREAD = 64;
  private static final int KEPT = 256;
  private static final long KEPT_CHARS = 8L << 20;
  private static final Duration PING = Duration.ofSeconds(5);

  private final String name;
  private final Deque<Event> kept = new ArrayDeque<>();
  private long keptChars;
  private long last;
  private long read;
  private boolean finished;
  private int reader;
  private int readers;
  private @Nullable Runnable abandoned;
  private Duration absence = Duration.ZERO;

  private record Event(long number, String data) {}

  /// @param name what its events are numbered with
  public WebStream(String name) {
    this.name = requireNonNull(name, "name");
  }

  /// From now on `abandoned` is run when nobody reads for as long as `absence`: at first, or after
  /// a reader was cut off.
  public synchronized void watch(Duration wait, Runnable whenAbandoned) {
    absence = wait;
    abandoned = whenAbandoned;
    left(reader);
  }

  private synchronized void left(int me) {
    Runnable then = abandoned;
    if (then != null && me == reader && !finished) {
      Thread.ofVirtual()
          .name("mcp-absence")
          .start(() -> {
            if (isAbandoned(me)) {
              then.run();
            }
          });
    }
  }

  private synchronized boolean isAbandoned(int me) {
    long end = System.nanoTime() + absence.toNanos();
    try {
      while (me == reader && !finished) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return true;
        }
        wait(left / 1_000_000 + 1);
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /// Returns whether a client reads it.
  public synchronized boolean isRead() {
    return readers > 0;
  }

  /// Writes one message, and waits until there is room for it.
  public synchronized void append(String data) throws InterruptedException {
    while (!finished && last - read >= UNREAD) {
      wait();
    }
    put(data);
  }

  /// Writes one message, and waits up to `most` until there is room for it. Returns whether it was
  /// written.
  public synchronized boolean append(String data, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!finished && last - read >= UNREAD) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    put(data);
    return !finished;
  }

  /// Writes one message if there is room for it.
  public synchronized void offer(String data) {
    if (last - read < UNREAD) {
      put(data);
    }
  }

  /// Writes what comes last.
  public synchronized void finish(Optional<String> data) {
    data.ifPresent(this::put);
    finished = true;
    notifyAll();
  }

  /// Writes one message, whether there is room for it or not: one that was asked for.
  public synchronized void put(String data) {
    if (finished) {
      return;
    }
    last++;
    kept.add(new Event(last, data));
    keptChars += data.length();
    while (kept.size() > KEPT || (keptChars > KEPT_CHARS && kept.getFirst().number <= read)) {
      keptChars -= kept.removeFirst().data.length();
    }
    notifyAll();
  }

  /// Returns whether there will be no more.
  public synchronized boolean isFinished() {
    return finished;
  }

  /// Waits until something is there, or as long as `wait`, and returns the message that is the
  /// first and the last one; empty when there are others or none yet.
  public synchronized Optional<String> only(Duration wait) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (last == 0 && !finished) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return Optional.empty();
      }
      wait(left / 1_000_000 + 1);
    }
    return finished && last == 1 ? Optional.of(kept.getFirst().data) : Optional.empty();
  }

  /// Waits until all is there, and returns the message that came last; empty when none did.
  public synchronized Optional<String> whole() throws InterruptedException {
    while (!finished) {
      read = last;
      notifyAll();
      wait();
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept.getLast().data);
  }

  /// Writes all that comes after message `after` to a client, until there will be no more, or until
  /// a client comes that reads in its place: the one before may have been cut off unnoticed.
  ///
  /// @param after [#BEGINNING] to tell it first from where it can go on
  /// @param numbered whether it can ask for the rest later
  public void pour(EventSink sink, long after, boolean numbered)
      throws IOException, InterruptedException {
    int me = begun();
    boolean whole = false;
    try {
      pour(sink, after, numbered, me);
      whole = true;
    } finally {
      gone(me, whole);
    }
  }

  private void pour(EventSink sink, long after, boolean numbered, int me)
      throws IOException, InterruptedException {
    if (numbered && after == BEGINNING) {
      sink.send(Optional.of(name + "-0"), "");
    }
    long at = Math.max(0, after);
    while (true) {
      Event event = next(at);
      if (isOver(at, me)) {
        return;
      }
      if (event == null) {
        sink.ping();
        continue;
      }
      sink.send(numbered ? Optional.of(name + "-" + event.number) : Optional.empty(), event.data);
      at = event.number;
      reached(at);
    }
  }

  private synchronized void gone(int me, boolean whole) {
    readers--;
    if (!whole) {
      left(me);
    }
  }

  private synchronized int begun() {
    reader++;
    readers++;
    notifyAll();
    return reader;
  }

  private synchronized boolean isOver(long at, int me) {
    return me != reader || (finished && last <= at);
  }

  private synchronized void reached(long number) {
    read = Math.max(read, number);
    notifyAll();
  }

  /* Null when nothing came within the time of a ping, or nothing will. */
  private synchronized @Nullable Event next(long after) throws InterruptedException {
    long end = System.nanoTime() + PING.toNanos();
    while (true) {
      for (Event event : kept) {
        if (event.number > after) {
          return event;
        }
      }
      long left = end - System.nanoTime();
      if (finished || left <= 0) {
        return null;
      }
      wait(left / 1_000_000 + 1);
    }
  }
}
