// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Shows a page by naming its address on standard error, and waits on a port of this machine for
/// the browser to come back. For one login.
final class BrowserConsent implements Consent, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration READING = Duration.ofSeconds(10);
  private static final String PATH = "/callback";
  private static final int LONGEST_LINE = 16 << 10;
  private static final int MOST_VISITORS = 100;

  private final Call call;
  private final Listener listener;

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
    return "http://127.0.0.1:%d%s".formatted(listener.port(), PATH);
  }

  @Override
  public void show(String url, String words) throws IOException {
    CommandOutput.note(call, "Open this page: %s", safe(url));
    CommandOutput.note(call, "and type this code: %s", safe(words));
  }

  @Override
  public Map<String, String> visit(String url) throws IOException, InterruptedException {
    CommandOutput.note(call, "Open this page in a browser on this machine:");
    CommandOutput.note(call, "%s", safe(url));
    CountDownLatch over = new CountDownLatch(1);
    Thread end = Thread.ofVirtual().start(() -> closeAfter(over, PATIENCE, this::close));
    try {
      for (int visitor = 0; visitor < MOST_VISITORS; visitor++) {
        Optional<Map<String, String>> back = answered();
        if (back.isPresent()) {
          return back.get();
        }
      }
      throw new IOException("too many came who are no browser");
    } catch (ClosedChannelException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new IOException(
          "nobody came back from the page within %d minutes".formatted(PATIENCE.toMinutes()), e);
    } finally {
      over.countDown();
      end.join();
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

  /* What the browser brought; nothing for somebody who wants something else. */
  private Optional<Map<String, String>> answered() throws IOException {
    try (Connection connection = listener.accept()) {
      CountDownLatch over = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> closeAfter(over, READING, () -> close(connection)));
      try {
        String target = target(connection.input());
        boolean ours = target.equals(PATH) || target.startsWith(PATH + "?");
        respond(connection, ours);
        return ours ? Optional.of(parameters(target)) : Optional.empty();
      } catch (ClosedChannelException e) {
        return Optional.empty();
      } catch (IOException e) {
        return Optional.empty();
      } finally {
        over.countDown();
      }
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  /* What the first line asks for; nothing when it is no GET. */
  private static String target(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (line.length() == LONGEST_LINE) {
        return "";
      }
      line.append((char) next);
    }
    String[] words = line.toString().strip().split(" ", -1);
    return words.length == 3 && words[0].equals("GET") ? words[1] : "";
  }

  private static void respond(Connection connection, boolean ours) throws IOException {
    String text =
        ours
            ? "You can close this page and go back to the terminal.\n"
            : "There is nothing here.\n";
    String head =
        "HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
            .formatted(ours ? "200 OK" : "404 Not Found", text.length());
    connection.output().write((head + text).getBytes(US_ASCII));
    connection.output().flush();
    connection.finish();
  }

  /* A name given twice is one that two readers read differently: none of its values counts. */
  static Map<String, String> parameters(String target) {
    Map<String, String> parameters = new LinkedHashMap<>();
    int question = target.indexOf('?');
    String query = question < 0 ? "" : target.substring(question + 1);
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          String name = URLDecoder.decode(pair.substring(0, equals), UTF_8);
          String value = URLDecoder.decode(pair.substring(equals + 1), UTF_8);
          if (parameters.putIfAbsent(name, value) != null) {
            parameters.put(name, "");
          }
        } catch (IllegalArgumentException e) {
          // No text, and so nothing that was asked for.
        }
      }
    }
    return parameters;
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
