// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Reads streams of events of one server, and takes them up again where they ended. Safe to share.
final class EventStreams {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LEAST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  /* Streams in a row that brought nothing. */
  private static final int MOST_EMPTY = 5;

  private final WebExchange web;
  private final HttpSession session;
  private final int largest;
  private final CountDownLatch closed;

  /// @param closed when it is open nothing is taken up again
  EventStreams(WebExchange web, HttpSession session, int largest, CountDownLatch closed) {
    this.web = requireNonNull(web, "web");
    this.session = requireNonNull(session, "session");
    this.largest = largest;
    this.closed = requireNonNull(closed, "closed");
  }

  /// Returns whether the answer to `flight` came, in the stream of `first` or in those that go on
  /// with it.
  ///
  /// @param taker says whether a message was the answer
  boolean follow(Flight flight, WebExchange.Reply first, Predicate<byte[]> taker)
      throws IOException {
    Place place = new Place();
    if (read(first, place, taker)) {
      return true;
    }
    first.close();
    while (!session.isStateless()
        && !place.id.isEmpty()
        && place.empty < MOST_EMPTY
        && !flight.hasEnded()
        && pause(place.retry)) {
      try (WebExchange.Reply next = flight.holding(web.send(session.get(place.id)))) {
        if (!isStream(next)) {
          return false;
        }
        if (read(next, place, taker)) {
          return true;
        }
      } catch (IOException e) {
        place.empty++;
      }
    }
    return false;
  }

  /// Passes on what the server says by itself, until it does not any more.
  ///
  /// @param heard is run each time the server took or refused to be listened to
  void listen(Consumer<byte[]> taker, Runnable heard) {
    Place place = new Place();
    do {
      try (WebExchange.Reply reply = web.send(session.get(place.id))) {
        heard.run();
        if (!isStream(reply)) {
          return;
        }
        read(
            reply,
            place,
            bytes -> {
              taker.accept(bytes);
              return false;
            });
      } catch (IOException e) {
        heard.run();
        place.empty++;
      }
    } while (place.empty < MOST_EMPTY && pause(place.retry));
  }

  private static boolean isStream(WebExchange.Reply reply) {
    return reply.status() == 200 && HttpTransport.type(reply).equals("text/event-stream");
  }

  /* Whether the answer came. A stream that breaks is one that ended. */
  private boolean read(WebExchange.Reply reply, Place place, Predicate<byte[]> taker)
      throws IOException {
    SseStream events = new SseStream(reply.body(), largest);
    boolean some = false;
    try {
      for (Optional<SseEvent> event = events.next(); event.isPresent(); event = events.next()) {
        some = true;
        String data = event.get().data();
        if (event.get().type().equals("message")
            && !data.isBlank()
            && taker.test(data.getBytes(UTF_8))) {
          return true;
        }
      }
    } catch (IOException e) {
      if (events.lastId().isEmpty() && place.id.isEmpty()) {
        throw e;
      }
    } finally {
      place.empty = some ? 0 : place.empty + 1;
      place.id = events.lastId().isEmpty() ? place.id : events.lastId();
      place.retry = events.retry().orElse(place.retry);
    }
    return false;
  }

  /* Whether to go on. */
  private boolean pause(Duration wanted) {
    Duration wait = wanted.compareTo(LEAST) < 0 ? LEAST : wanted;
    Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    try {
      return !closed.await(bounded.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /* Where a stream ended. */
  private static final class Place {
    private String id = "";
    private Duration retry = PAUSE;
    private int empty;
  }
}
