// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.redoubt.mcp.conformance.PlainWeb;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpTransportTest {

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}";

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private HttpServer server;
  private HttpTransport transport;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    transport =
        new HttpTransport(
            new PlainWeb(), "http://127.0.0.1:%d/mcp".formatted(port()), List.of(), 1 << 20);
  }

  @AfterEach
  void stop() {
    transport.close();
    server.stop(0);
  }

  @Test
  void aSessionIsNamedInEachRequestAndEndedWithTheTransport() throws Exception {
    server.createContext(
        "/mcp",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          heard.add(
              "%s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestHeaders().getFirst("Mcp-Session-Id"),
                      exchange.getRequestHeaders().getFirst("MCP-Protocol-Version")));
          exchange.getResponseHeaders().add("Mcp-Session-Id", "s1");
          answer(
              exchange,
              body.contains("initialize")
                  ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}"
                  : "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
        });
    transport.send(INITIALIZE.getBytes(UTF_8));
    assertThat(received()).contains("2025-11-25");
    transport.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}".getBytes(UTF_8));
    assertThat(received()).contains("\"id\":2");
    transport.close();

    assertThat(next()).isEqualTo("POST null null");
    assertThat(next()).isEqualTo("POST s1 2025-11-25");
    assertThat(next()).isEqualTo("DELETE s1 2025-11-25");
    assertThat(transport.receive()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "ä", "\u007f"})
  void aSessionThatCannotBeNamedIsNone(String id) throws Exception {
    server.createContext(
        "/mcp",
        exchange -> {
          exchange.getResponseHeaders().add("Mcp-Session-Id", id);
          answer(exchange, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        });
    transport.send(INITIALIZE.getBytes(UTF_8));

    assertThat(received()).contains("-32098").doesNotContain("result");
  }

  @Test
  void aSessionTheServerForgotEndsTheConnection() throws Exception {
    server.createContext(
        "/mcp",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          if (body.contains("ping")) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
          } else {
            exchange.getResponseHeaders().add("Mcp-Session-Id", "s1");
            answer(exchange, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
          }
        });
    transport.send(INITIALIZE.getBytes(UTF_8));
    received();
    transport.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}".getBytes(UTF_8));

    assertThat(transport.receive()).isEmpty();
  }

  @Test
  void aServerThatTakesNoAnswersLosesTheConnection() throws Exception {
    BlockingQueue<WebExchange.Ask.Kind> waiting = new LinkedBlockingQueue<>();
    CountDownLatch ended = new CountDownLatch(64);
    HttpTransport stuck =
        new HttpTransport(
            ask -> {
              waiting.add(ask.kind());
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                ended.countDown();
              }
              throw new IOException("it takes nothing");
            },
            "http://127.0.0.1:1/mcp",
            List.of(),
            1 << 20);
    for (int i = 0; i < 64; i++) {
      stuck.send("{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":{}}".formatted(i).getBytes(UTF_8));
      assertThat(waiting.poll(60, TimeUnit.SECONDS)).isEqualTo(WebExchange.Ask.Kind.DOCUMENT);
    }
    stuck.send("{\"jsonrpc\":\"2.0\",\"id\":64,\"result\":{}}".getBytes(UTF_8));

    assertThat(stuck.receive()).isEmpty();
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(waiting).isEmpty();
  }

  @Test
  void whatIsBegunAfterTheEndEnds() throws Exception {
    CountDownLatch ended = new CountDownLatch(2);
    transport =
        new HttpTransport(
            ask -> {
              if (ask.body().contains("initialized")) {
                transport.close();
                return new WebExchange.Reply(202, Map.of(), InputStream.nullInputStream());
              }
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                ended.countDown();
              }
              throw new IOException("it says nothing");
            },
            "http://127.0.0.1:1/mcp",
            List.of(),
            1 << 20);
    transport.send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}".getBytes(UTF_8));
    transport.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}".getBytes(UTF_8));

    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aServerIsListenedToBeforeItIsAsked() throws Exception {
    transport =
        new HttpTransport(
            ask -> {
              if (ask.method().equals("GET")) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                heard.add("listens");
                return new WebExchange.Reply(405, Map.of(), InputStream.nullInputStream());
              }
              if (ask.body().contains("ping")) {
                heard.add("asks");
              }
              return new WebExchange.Reply(202, Map.of(), InputStream.nullInputStream());
            },
            "http://127.0.0.1:1/mcp",
            List.of(),
            1 << 20);
    transport.send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}".getBytes(UTF_8));
    transport.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}".getBytes(UTF_8));

    assertThat(List.of(next(), next())).containsExactly("listens", "asks");
  }

  @Test
  void aServerThatKnowsNothingNewerIsSpokenToWithEvents() throws Exception {
    legacy("/messages?s=1");
    transport.send(INITIALIZE.getBytes(UTF_8));

    assertThat(received()).contains("\"old\":true");
    assertThat(next()).isEqualTo(INITIALIZE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example/messages", "//evil.example/m", "http://127.0.0.1:1/m"})
  void messagesGoToNoOtherServer(String endpoint) throws Exception {
    legacy(endpoint);
    transport.send(INITIALIZE.getBytes(UTF_8));

    assertThat(received()).contains("-32098", "another server");
    assertThat(heard).isEmpty();
  }

  /* The answer to whatever is posted comes in the stream. */
  private void legacy(String endpoint) {
    BlockingQueue<String> posted = new LinkedBlockingQueue<>();
    server.createContext(
        "/mcp",
        exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(405, -1);
            exchange.close();
            return;
          }
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          out.write("event: endpoint\ndata: %s\n\n".formatted(endpoint).getBytes(UTF_8));
          out.flush();
          try {
            if (posted.poll(20, TimeUnit.SECONDS) != null) {
              out.write(
                  "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"old\":true}}\n\n"
                      .getBytes(UTF_8));
              out.flush();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.createContext(
        "/messages",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          heard.add(body);
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
          posted.add(body);
        });
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private String received() throws IOException {
    Optional<byte[]> message = transport.receive();
    return new String(message.orElseThrow(), UTF_8);
  }

  private String next() throws InterruptedException {
    return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    byte[] body = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
