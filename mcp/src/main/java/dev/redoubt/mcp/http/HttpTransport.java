// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcFormatException;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcReader;
import dev.redoubt.mcp.rpc.RpcText;
import dev.redoubt.mcp.rpc.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Messages over HTTP to one server: streamable HTTP of 2026-07-28, of 2025-11-25 and before, and
/// HTTP with SSE of 2024-11-05 when the server knows nothing newer.
///
/// Each request is a POST of its own, so several are on their way at once. What HTTP says of a
/// request becomes its answer: an error with [RpcError#UNREACHED] for one that came to nothing,
/// with [RpcError#NO_WAY] when there is no way to the server. Message texts are passed on as they
/// are. Safe to share.
public final class HttpTransport implements Transport {

  private static final int QUEUED = 64;
  private static final int MOST_FLIGHTS = 512;
  private static final int MOST_ASIDES = 64;
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  /* A server that opens its stream with its first message is not waited for longer. */
  private static final Duration EAR = Duration.ofSeconds(2);
  /* What came before it is still received. */
  private static final byte[] END = {};

  private final HttpSession session;
  private final WebExchange web;
  private final int largest;
  private final RpcReader reader;
  private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(QUEUED);
  private final Map<RpcId, Flight> flights = new ConcurrentHashMap<>();
  private final Set<Thread> asides = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final EventStreams streams;
  private volatile @Nullable Legacy legacy;
  private volatile @Nullable Thread listener;

  /// @param url of the server
  /// @param own what is sent with each request besides, credentials for example
  /// @param largest the most bytes of a message
  public HttpTransport(WebExchange web, String url, List<HttpField> own, int largest) {
    this.web = requireNonNull(web, "web");
    this.session = new HttpSession(url, own);
    this.largest = largest;
    this.reader = new RpcReader(largest);
    this.streams = new EventStreams(web, session, largest, closed);
  }

  @Override
  public boolean mirrorsArguments() {
    return session.isStateless();
  }

  @Override
  public Optional<byte[]> receive() throws IOException {
    try {
      byte[] next = arrived.take();
      return next.length == 0 ? Optional.empty() : Optional.of(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("nobody waits for messages any more");
    }
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    String text = new String(bytes, UTF_8);
    switch (message(bytes)) {
      case RpcMessage.Request request -> depart(request, text);
      case RpcMessage.Notice notice when notice.method().equals("notifications/cancelled") ->
          cancel(notice, text);
      case RpcMessage.Notice notice when notice.method().equals("notifications/initialized") -> {
        // What follows has to find a session that has begun.
        tell(notice, text);
        listen();
      }
      case RpcMessage.Notice notice -> aside(notice, text);
      case RpcMessage.Result result -> aside(result, text);
      case RpcMessage.Failure failure -> aside(failure, text);
    }
  }

  private RpcMessage message(byte[] bytes) throws IOException {
    try {
      List<RpcMessage> messages = reader.read(bytes).messages();
      if (messages.size() != 1) {
        throw new IOException("only one message at a time can be sent over HTTP");
      }
      return messages.getFirst();
    } catch (RpcFormatException e) {
      throw new IOException("what was to be sent %s".formatted(e.getMessage()), e);
    }
  }

  private void depart(RpcMessage.Request request, String text) {
    Flight flight = new Flight(request);
    if (flights.size() >= MOST_FLIGHTS || flights.putIfAbsent(request.id(), flight) != null) {
      arrive(failure(request.id(), new RpcError(RpcError.BUSY, "too much is asked at once")));
      return;
    }
    Thread thread = Thread.ofVirtual().name("mcp-http").unstarted(() -> fly(flight, text));
    flight.carriedBy(thread);
    thread.start();
  }

  private void fly(Flight flight, String text) {
    RpcId id = flight.request().id();
    try {
      Optional<RpcError> problem = exchange(flight, text);
      problem.ifPresent(error -> answer(flight, error));
    } catch (IOException e) {
      answer(flight, new RpcError(RpcError.NO_WAY, reason(e)));
    } catch (RuntimeException | StackOverflowError e) {
      answer(
          flight,
          new RpcError(RpcError.UNREACHED, "answered with something that is not understood"));
    } finally {
      flights.remove(id, flight);
    }
  }

  private void answer(Flight flight, RpcError error) {
    if (!flight.hasEnded()) {
      arrive(failure(flight.request().id(), error));
    }
  }

  /* Why there is no answer; nothing when one came. */
  private Optional<RpcError> exchange(Flight flight, String text) throws IOException {
    Legacy old = legacy;
    if (old != null) {
      old.post(text);
      return Optional.empty();
    }
    try (WebExchange.Reply reply = flight.holding(web.send(session.post(flight.request(), text)))) {
      if (reply.status() / 100 != 2) {
        return refused(flight, reply, text);
      }
      if (flight.request().method().equals("initialize")) {
        session.begun(reply.all("mcp-session-id"));
      }
      return switch (type(reply)) {
        case "text/event-stream" ->
            streams.follow(flight, reply, bytes -> take(flight, bytes))
                ? Optional.empty()
                : Optional.of(unreached("ended its answer before it was complete"));
        case "application/json" ->
            take(flight, document(reply))
                ? Optional.empty()
                : Optional.of(unreached("answered something else than was asked"));
        default -> Optional.of(unreached("answered with something that is no message"));
      };
    }
  }

  private static RpcError unreached(String words) {
    return new RpcError(RpcError.UNREACHED, words);
  }

  static String type(WebExchange.Reply reply) {
    String type = reply.first("content-type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private byte[] document(WebExchange.Reply reply) throws IOException {
    byte[] body = reply.body().readNBytes(largest + 1);
    if (body.length > largest) {
      throw new IOException("sent a message of more than %d bytes".formatted(largest));
    }
    return body;
  }

  /* Whether that was the answer. What cannot be read is passed on, so that it is dealt with as
   * everywhere else. */
  private boolean take(Flight flight, byte[] bytes) {
    boolean answered = false;
    try {
      for (RpcMessage message : reader.read(bytes).messages()) {
        switch (message) {
          case RpcMessage.Result(RpcId id, Node result) when id.equals(flight.request().id()) -> {
            session.learn(flight.request(), result);
            answered = true;
          }
          case RpcMessage.Failure(RpcId id, RpcError error) when id.equals(RpcId.NOTHING) -> {
            arrive(failure(flight.request().id(), error));
            return true;
          }
          case RpcMessage.Failure(RpcId id, RpcError _) when id.equals(flight.request().id()) ->
              answered = true;
          case RpcMessage.Request _,
              RpcMessage.Notice _,
              RpcMessage.Result _,
              RpcMessage.Failure _ -> {
            // It is for somebody else.
          }
        }
      }
    } catch (RpcFormatException e) {
      // Whoever receives it says so.
    }
    arrive(bytes);
    return answered;
  }

  private Optional<RpcError> refused(Flight flight, WebExchange.Reply reply, String text)
      throws IOException {
    if (reply.status() == 404 && !session.id().isEmpty()) {
      close();
      return Optional.empty();
    }
    byte[] body = reply.body().readNBytes(largest);
    try {
      for (RpcMessage message : reader.read(body).messages()) {
        if (message instanceof RpcMessage.Failure(RpcId _, RpcError error)) {
          return Optional.of(error);
        }
      }
    } catch (RpcFormatException e) {
      // A page, or nothing: the status says it all.
    }
    boolean older = reply.status() == 400 || reply.status() == 404 || reply.status() == 405;
    if (older && flight.request().method().equals("initialize") && becomeLegacy()) {
      return exchange(flight, text);
    }
    return Optional.of(unreached(refusal(reply.status())));
  }

  static String refusal(int status) {
    if (status == 401 || status == 403) {
      return "does not let this client in (status %d)".formatted(status);
    }
    return status / 100 == 3
        ? "is somewhere else now (status %d)".formatted(status)
        : "answered with status %d".formatted(status);
  }

  private boolean becomeLegacy() throws IOException {
    Optional<Legacy> found = Legacy.find(web, session, largest);
    found.ifPresent(old -> {
      legacy = old;
      Thread.ofVirtual()
          .name("mcp-sse")
          .start(() -> {
            old.read(this::arrive);
            close();
          });
      if (isClosed()) {
        // It was closed before there was anything to close.
        old.close();
      }
    });
    return found.isPresent();
  }

  /* Closing the stream is how a stateless server is told; others are told as well. */
  private void cancel(RpcMessage.Notice notice, String text) {
    Optional<Flight> flight =
        notice
            .params()
            .flatMap(params -> params.get("requestId"))
            .flatMap(RpcId::of)
            .map(flights::remove);
    if (!session.isStateless()) {
      aside(notice, text);
    }
    flight.ifPresent(Flight::end);
  }

  /* A server that asks and never takes answers would collect them here. */
  private void aside(RpcMessage message, String text) {
    Thread thread =
        Thread.ofVirtual()
            .name("mcp-http-aside")
            .unstarted(() -> {
              try {
                tell(message, text);
              } catch (IOException e) {
                // What nobody waits for can be lost.
              } finally {
                asides.remove(Thread.currentThread());
              }
            });
    asides.add(thread);
    if (asides.size() > MOST_ASIDES) {
      asides.remove(thread);
      close();
      return;
    }
    thread.start();
    if (isClosed()) {
      thread.interrupt();
    }
  }

  private void tell(RpcMessage message, String text) throws IOException {
    Legacy old = legacy;
    if (old != null) {
      old.post(text);
      return;
    }
    web.send(session.post(message, text).briefly()).close();
  }

  private void listen() {
    if (legacy == null && !session.isStateless()) {
      CountDownLatch heard = new CountDownLatch(1);
      Thread thread =
          Thread.ofVirtual()
              .name("mcp-listen")
              .unstarted(() -> streams.listen(this::arrive, heard::countDown));
      listener = thread;
      thread.start();
      if (isClosed()) {
        thread.interrupt();
      }
      attend(heard);
    }
  }

  /* What a server says while it works at the first request would else come to nobody, and a stream
  that opens later could be taken for one that goes on with the answer to that request. */
  private static void attend(CountDownLatch heard) {
    try {
      heard.await(EAR.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] failure(RpcId id, RpcError error) {
    return RpcText.of(new RpcMessage.Failure(id, error));
  }

  private void arrive(byte[] bytes) {
    try {
      if (bytes.length > 0) {
        arrived.put(bytes);
      }
    } catch (InterruptedException e) {
      // The request was taken back, or the connection is gone.
      Thread.currentThread().interrupt();
    }
  }

  static String reason(IOException e) {
    String said = e.getMessage();
    return said == null ? "cannot be reached" : "cannot be reached: " + said;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    if (isClosed()) {
      return;
    }
    closed.countDown();
    flights.values().forEach(Flight::end);
    asides.forEach(HttpTransport::interruptOther);
    Thread thread = listener;
    if (thread != null) {
      thread.interrupt();
    }
    Legacy old = legacy;
    if (old != null) {
      old.close();
    }
    while (!arrived.offer(END)) {
      arrived.poll();
    }
    if (!session.id().isEmpty()) {
      farewell();
    }
  }

  private static void interruptOther(Thread thread) {
    if (!thread.equals(Thread.currentThread())) {
      thread.interrupt();
    }
  }

  /* A server keeps sessions for a while: it is told, and not waited for. */
  private void farewell() {
    CountDownLatch told = new CountDownLatch(1);
    Thread.ofVirtual()
        .name("mcp-farewell")
        .start(() -> {
          try {
            web.send(session.delete()).close();
          } catch (IOException e) {
            // It will forget the session by itself.
          } finally {
            told.countDown();
          }
        });
    try {
      if (!told.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
