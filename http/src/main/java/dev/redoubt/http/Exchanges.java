// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Takes requests of the library to the handler, and answers back.
final class Exchanges implements Handler {

  private static final System.Logger LOG = System.getLogger(Exchanges.class.getName());
  private static final int TOO_LARGE = 413;
  private static final int INTERNAL = 500;
  private static final int ENDING = 503;

  private final HttpHandler handler;
  private final HttpLimits limits;
  private final Door door;
  private final Set<Thread> answering = ConcurrentHashMap.newKeySet();
  private final Set<Thread> streaming = ConcurrentHashMap.newKeySet();
  private boolean ended;

  Exchanges(HttpSettings settings, HttpHandler handler) {
    this.handler = handler;
    this.limits = settings.limits();
    this.door = new Door(settings);
  }

  /// Ends streams, waits for the rest as long as the grace is, and then ends that too.
  void end() {
    long end = System.nanoTime() + limits.grace().toNanos();
    synchronized (this) {
      ended = true;
      streaming.forEach(Thread::interrupt);
      try {
        for (long left = end - System.nanoTime();
            left > 0 && !answering.isEmpty();
            left = end - System.nanoTime()) {
          wait(left / 1_000_000 + 1);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      answering.forEach(Thread::interrupt);
    }
  }

  private synchronized boolean enter() {
    if (ended) {
      return false;
    }
    answering.add(Thread.currentThread());
    return true;
  }

  private synchronized boolean startsStreaming() {
    streaming.add(Thread.currentThread());
    return !ended;
  }

  private synchronized void leave() {
    answering.remove(Thread.currentThread());
    streaming.remove(Thread.currentThread());
    notifyAll();
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    String id = UUID.randomUUID().toString();
    response.header("X-Request-Id", id);
    response.header("X-Content-Type-Options", "nosniff");
    if (!enter()) {
      whole(response, HttpReply.problem(ENDING, "Service Unavailable", "the server ends"));
      return;
    }
    try {
      HttpReply reply = reply(request, id);
      Optional<EventStream> events = reply.events();
      if (events.isPresent()) {
        stream(response, reply, events.get());
      } else {
        whole(response, reply);
      }
    } finally {
      leave();
    }
  }

  private HttpReply reply(ServerRequest request, String id) {
    Map<String, List<String>> headers = headers(request);
    return switch (door.knock(headers)) {
      case Door.Knock.Out(HttpReply reply) -> reply.with("Connection", "close");
      case Door.Knock.In(Optional<String> caller) -> {
        Optional<byte[]> body = body(request);
        if (body.isEmpty()) {
          yield HttpReply.problem(
                  TOO_LARGE,
                  "Content Too Large",
                  "a request carries at most %d bytes".formatted(limits.body()))
              .with("Connection", "close");
        }
        yield handled(new HttpRequest(line(request), headers, body.get(), id, caller));
      }
    };
  }

  /* One of the doors where everything is caught: what failed is written down here, and the other
  side is told that it failed. */
  private HttpReply handled(HttpRequest request) {
    try {
      return handler.answer(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HttpReply.problem(ENDING, "Service Unavailable", "the server ends");
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "request %s failed".formatted(request.id()), e);
      return HttpReply.problem(
          INTERNAL, "Internal Server Error", "request %s failed".formatted(request.id()));
    }
  }

  private Optional<byte[]> body(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return Optional.of(new byte[0]);
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(limits.body() + 1);
      return body.length > limits.body() ? Optional.empty() : Optional.of(body);
    } catch (IOException e) {
      throw RequestException.builder()
          .type(io.helidon.http.DirectHandler.EventType.BAD_REQUEST)
          .message("the request ended early")
          .cause(e)
          .build();
    }
  }

  private static HttpRequest.Line line(ServerRequest request) {
    return new HttpRequest.Line(
        request.prologue().method().text(),
        request.prologue().uriPath().rawPath(),
        request.query().toMap());
  }

  private static Map<String, List<String>> headers(ServerRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : request.headers()) {
      headers
          .computeIfAbsent(header.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .addAll(header.allValues());
    }
    return headers;
  }

  private static void start(ServerResponse response, HttpReply reply) {
    response.status(reply.status());
    reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
  }

  private static void whole(ServerResponse response, HttpReply reply) {
    start(response, reply);
    if (reply.bytes().length == 0) {
      response.send();
    } else {
      response.send(reply.bytes());
    }
  }

  private void stream(ServerResponse response, HttpReply reply, EventStream events) {
    start(response, reply);
    try (OutputStream out = response.outputStream()) {
      EventSink sink = new EventSink(out);
      sink.ping();
      if (startsStreaming()) {
        events.run(sink);
      }
    } catch (InterruptedException e) {
      // The server ends, and the stream with it.
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "a stream of events was cut off", e);
    }
  }
}
