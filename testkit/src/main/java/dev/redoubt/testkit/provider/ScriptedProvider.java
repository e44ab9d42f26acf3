// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider of models on loopback that follows a script and remembers what it was asked.
///
/// A connection carries one request after the other when the client lets it, unless the delivery of
/// an answer ends it. A request that the script has no answer for gets the status 500. Safe to
/// share.
public final class ScriptedProvider implements AutoCloseable {

  /// Says what to answer.
  public interface Script {

    /// Returns the answer to the request of that number, counted from 0.
    Reply answer(Asked asked, int number);
  }

  private final Dialect dialect;
  private final Script script;
  private final ServerSocket listening;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ScriptedProvider(Dialect dialect, Script script) {
    this.dialect = dialect;
    this.script = script;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns a provider that listens and answers as `script` says.
  public static ScriptedProvider start(Dialect dialect, Script script) {
    ScriptedProvider provider = new ScriptedProvider(dialect, script);
    Thread.ofVirtual().start(provider::accept);
    return provider;
  }

  /// Returns a provider that listens and gives these answers one after the other.
  public static ScriptedProvider start(Dialect dialect, Reply... replies) {
    List<Reply> all = List.of(replies);
    return start(
        dialect,
        (_, number) ->
            number < all.size()
                ? all.get(number)
                : Reply.error(500, "{\"error\":{\"message\":\"the script is over\"}}"));
  }

  /// Returns the base URL, without a slash at its end.
  public String url() {
    return "http://127.0.0.1:" + listening.getLocalPort() + dialect.base();
  }

  /// Returns what was asked so far, in order.
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /// Returns how many connections were opened so far.
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // Closed, which ends the loop.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean more = true;
      while (more) {
        Asked request = read(in);
        int number;
        synchronized (asked) {
          number = count.getAndIncrement();
          asked.add(request);
        }
        more = deliver(socket, request, script.answer(request, number), Delivery.AT_ONCE);
        more &= !request.headers().getOrDefault("connection", "").equalsIgnoreCase("close");
      }
    } catch (IOException e) {
      // The other side went away: what it saw is for the test to say.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  /* Returns whether the connection may carry another request. */
  private boolean deliver(Socket socket, Asked request, Reply reply, Delivery delivery)
      throws IOException, InterruptedException {
    return switch (reply) {
      case Reply.Delivered(Reply inner, Delivery manner) -> deliver(socket, request, inner, manner);
      case Reply.Says answer when request.streams() ->
          deliver(socket, request, new Reply.Stream(dialect.stream(answer, request)), delivery);
      case Reply.Says answer -> deliver(socket, request, Reply.whole(answer), delivery);
      case Reply.Whole(Reply.Says answer) -> {
        String body = dialect.whole(answer);
        var document = new Reply.Http(200, Map.of("Content-Type", "application/json"), body);
        yield deliver(socket, request, document, delivery);
      }
      case Reply.Http(int status, Map<String, String> headers, String text) -> {
        byte[] body = text.getBytes(UTF_8);
        Map<String, String> lines = new LinkedHashMap<>(headers);
        lines.put("Content-Length", Integer.toString(body.length));
        head(socket.getOutputStream(), status, lines);
        yield write(socket, body, delivery, Framing.NONE);
      }
      case Reply.Stream(String events) -> {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("Content-Type", "text/event-stream; charset=utf-8");
        lines.put("Transfer-Encoding", "chunked");
        head(socket.getOutputStream(), 200, lines);
        yield write(socket, events.getBytes(UTF_8), delivery, Framing.CHUNKED);
      }
    };
  }

  private enum Framing {
    NONE,
    CHUNKED
  }

  private boolean write(Socket socket, byte[] body, Delivery delivery, Framing framing)
      throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    int end = (int) Math.min(body.length, delivery.bytes());
    for (int from = 0; from < end; ) {
      int length = Math.min(delivery.piece(), end - from);
      if (framing == Framing.CHUNKED) {
        out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
      }
      out.write(body, from, length);
      if (framing == Framing.CHUNKED) {
        out.write("\r\n".getBytes(ISO_8859_1));
      }
      out.flush();
      from += length;
      if (delivery.pause().isPositive() && pause(delivery.pause())) {
        return false;
      }
    }
    switch (delivery.end()) {
      case WHOLE -> {
        if (framing == Framing.CHUNKED) {
          out.write("0\r\n\r\n".getBytes(ISO_8859_1));
        }
        out.flush();
      }
      case CLOSED -> out.flush();
      case RESET -> {
        out.flush();
        // What was sent arrives before the reset discards it.
        pause(Duration.ofMillis(50));
        socket.setSoLinger(true, 0);
      }
      case SILENCE -> closed.await();
    }
    return delivery.end() == Delivery.End.WHOLE && end == body.length;
  }

  /// Says whether the provider was closed meanwhile.
  private boolean pause(Duration duration) throws InterruptedException {
    return closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void head(OutputStream out, int status, Map<String, String> headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    out.write(head.toString().getBytes(ISO_8859_1));
    out.flush();
  }

  private static Asked read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", 3);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), UTF_8);
    return new Asked(first[0], first[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the request ended early");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
