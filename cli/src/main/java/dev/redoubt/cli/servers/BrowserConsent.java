// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.HostAndPort;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.mcp.oauth.Consent;
import dev.redoubt.sandbox.network.Connection;
import dev.redoubt.sandbox.network.Listener;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Shows a page by naming its address on standard error, and waits on a port of this machine for
/// the browser to come back. Who else calls that port gets an answer of their own, up to 64 at
/// once, and changes nothing. For one login.
final class BrowserConsent implements Consent, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration READING = Duration.ofSeconds(10);
  private static final int MOST_VISITORS = 64;

  private final Call call;
  private final Listener listener;
  private final AtomicReference<@Nullable Map<String, String>> back = new AtomicReference<>();
  private final Deque<Connection> visitors = new ArrayDeque<>();

  private BrowserConsent(Call call, Listener listener) {
    this.call = requireNonNull(call, "call");
    this.listener = requireNonNull(listener, "listener");
  }

  /// @param port of this machine; 0 for one that is free
  static BrowserConsent on(Call call, int port) throws IOException {
    return new BrowserConsent(call, Listener.onAddress(loopback(), port));
  }

  private static IpAddress loopback() {
    if (HostAndPort.read("127.0.0.1:1") instanceof Reading.Good<HostAndPort>(HostAndPort at)
        && at.host() instanceof Host.Address(IpAddress address)) {
      return address;
    }
    throw new IllegalStateException("127.0.0.1 is an address");
  }

  @Override
  public String redirectUri() {
    return "http://%s%s".formatted(authority(), Visit.PATH);
  }

  private String authority() {
    return "127.0.0.1:%d".formatted(listener.port());
  }

  @Override
  public void show(String url, String words) throws IOException {
    CommandOutput.note(call, "Open this page: %s", safe(url));
    CommandOutput.note(call, "and type this code: %s", safe(words));
  }

  @Override
  public Map<String, String> visit(String url, String state)
      throws IOException, InterruptedException {
    CommandOutput.note(call, "Open this page in a browser on this machine:");
    CommandOutput.note(call, "%s", safe(url));
    CountDownLatch over = new CountDownLatch(1);
    Thread end = Thread.ofVirtual().start(() -> closeAfter(over, PATIENCE, this::close));
    try {
      while (true) {
        Connection visitor = listener.accept();
        makeRoom(visitor);
        Thread.ofVirtual().start(() -> receive(visitor, state));
      }
    } catch (ClosedChannelException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Map<String, String> came = back.get();
      if (came != null) {
        return came;
      }
      throw new IOException(
          "nobody came back from the page within %d minutes".formatted(PATIENCE.toMinutes()), e);
    } finally {
      over.countDown();
      end.join();
      letGo();
    }
  }

  /* Whoever was there longest goes: a browser says what it wants at once. */
  private void makeRoom(Connection visitor) {
    synchronized (visitors) {
      visitors.addLast(visitor);
      if (visitors.size() > MOST_VISITORS) {
        close(visitors.removeFirst());
      }
    }
  }

  private void letGo() {
    synchronized (visitors) {
      visitors.forEach(BrowserConsent::close);
      visitors.clear();
    }
  }

  private static void closeAfter(CountDownLatch over, Duration patience, Runnable close) {
    try {
      if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        close.run();
      }
    } catch (InterruptedException e) {
      close.run();
    }
  }

  private void receive(Connection visitor, String state) {
    CountDownLatch over = new CountDownLatch(1);
    Thread.ofVirtual().start(() -> closeAfter(over, READING, () -> close(visitor)));
    Optional<Map<String, String>> brought = Optional.empty();
    try (visitor) {
      Visit visit = Visit.read(visitor.input(), authority(), state);
      if (visit instanceof Visit.Back(Map<String, String> parameters)) {
        brought = Optional.of(parameters);
      }
      respond(visitor, visit);
    } catch (IOException e) {
      // Who broke off before the end of a request brought nothing; an answer is a courtesy.
    } finally {
      over.countDown();
      synchronized (visitors) {
        visitors.remove(visitor);
      }
    }
    if (brought.isPresent()) {
      back.compareAndSet(null, brought.get());
      close();
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  private static void respond(Connection connection, Visit visit) throws IOException {
    String status =
        switch (visit) {
          case Visit.Back _ -> "200 OK";
          case Visit.Stranger(String why) -> why;
        };
    String text =
        switch (visit) {
          case Visit.Back _ -> "You can close this page and go back to the terminal.\n";
          case Visit.Stranger _ ->
              "This is not the page the login at the terminal waits for. It goes on waiting.\n";
        };
    String head =
        "HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
            .formatted(status, text.length());
    connection.output().write((head + text).getBytes(US_ASCII));
    connection.output().flush();
    connection.finish();
  }

  private static String safe(String text) {
    return text.replaceAll("[^\\x21-\\x7E]", "?");
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // It does not listen any more.
    }
  }
}
