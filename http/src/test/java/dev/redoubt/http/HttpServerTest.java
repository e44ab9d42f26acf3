// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final HttpHandler ECHO =
      request ->
          HttpReply.of(
              200,
              "text/plain",
              "%s %s %s %s"
                  .formatted(
                      request.method(),
                      request.path(),
                      request.query("q").orElse("-"),
                      new String(request.body(), UTF_8))
                  .getBytes(UTF_8));

  private static HttpServer server(Tokens tokens, HttpHandler handler) throws IOException {
    return HttpServer.start(
        new HttpSettings(
            ListenAddress.of("127.0.0.1:0"),
            tokens,
            Set.of("Redoubt.example"),
            new HttpLimits(1_000, 16, Duration.ofSeconds(30), Duration.ofMillis(50))),
        handler);
  }

  private static HttpResponse<String> ask(java.net.http.HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private static java.net.http.HttpRequest.Builder to(HttpServer server, String path) {
    return java.net.http.HttpRequest.newBuilder(URI.create(server.address() + path))
        .timeout(Duration.ofSeconds(60));
  }

  @Test
  void aRequestReachesTheHandlerWholeAndAsItWasSent() throws Exception {
    try (HttpServer server = server(Tokens.NONE, ECHO)) {
      assertThat(ask(to(server, "/a%2Fb/?q=%C3%A9").POST(BodyPublishers.ofString("hello")).build()))
          .satisfies(response -> {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("POST /a%2Fb/ é hello");
            assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
          });
      assertThat(ask(to(server, "/x").DELETE().build()).body()).isEqualTo("DELETE /x - ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:1, , 200",
    "LOCALHOST, , 200",
    "127.0.0.1, , 200",
    "[::1]:9, , 200",
    "redoubt.example, , 200",
    "evil.example, , 403",
    "localhost.evil.example, , 403",
    "127.0.0.1.evil.example, , 403",
    "localhost:1, http://localhost:1, 200",
    "localhost:1, http://localhost:2, 403",
    "localhost:1, http://evil.example, 403",
    "localhost:1, null, 403",
    "evil.example, http://evil.example, 403",
  })
  void onlyThoseWhoCallItByAnAddressOrItsNameGetIn(String host, String origin, int status)
      throws Exception {
    try (HttpServer server = server(Tokens.NONE, ECHO);
        Wire wire = new Wire(server)) {
      String more = origin == null ? "" : "Origin: " + origin + "\r\n";

      wire.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n");

      assertThat(wire.status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
      })
  void whatCannotBeReadIsAProblemWithoutItsWords(String request) throws Exception {
    try (HttpServer server = server(Tokens.NONE, ECHO);
        Wire wire = new Wire(server)) {
      wire.send(request);

      assertThat(wire.status()).isBetween(400, 505);
      assertThat(wire.rest()).contains("application/problem+json").doesNotContain("nonsense");
    }
  }

  @Test
  void whoBringsNoKnownTokenStaysOutAndItsBodyUnread() throws Exception {
    AtomicReference<Optional<String>> caller = new AtomicReference<>(Optional.empty());
    HttpHandler handler =
        request -> {
          caller.set(request.caller());
          return HttpReply.empty(204);
        };
    try (HttpServer server = server(new Tokens(Map.of("ci", TOKEN)), handler)) {
      for (String given :
          new String[] {"", "Bearer", "Bearer x", "Basic " + TOKEN, "Bearer " + TOKEN + "0"}) {
        HttpResponse<String> response =
            ask(to(server, "/").header("Authorization", given).GET().build());
        assertThat(response.statusCode()).as(given).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(response.body()).contains("\"status\":401");
      }
      assertThat(caller.get()).isEmpty();

      int status =
          ask(to(server, "/").header("Authorization", "bearer " + TOKEN).GET().build())
              .statusCode();

      assertThat(status).isEqualTo(204);
      assertThat(caller.get()).hasValue("ci");
    }
  }

  @Test
  void whatIsTooLargeIsRefusedHoweverItIsSent() throws Exception {
    try (HttpServer server = server(Tokens.NONE, ECHO)) {
      try (Wire wire = new Wire(server)) {
        wire.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n");
        assertThat(wire.status()).isEqualTo(413);
      }
      try (Wire wire = new Wire(server)) {
        wire.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        wire.send("3e9\r\n" + "a".repeat(1_001) + "\r\n0\r\n\r\n");
        assertThat(wire.status()).isEqualTo(413);
      }
      try (Wire wire = new Wire(server)) {
        wire.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        wire.send("3e8\r\n" + "a".repeat(1_000) + "\r\n0\r\n\r\n");
        assertThat(wire.status()).isEqualTo(200);
      }
    }
  }

  @Test
  void whatFailsInsideIsSaidWithoutWhatFailed() throws Exception {
    HttpHandler failing =
        _ -> {
          throw new IllegalStateException("secret of the inside");
        };
    try (HttpServer server = server(Tokens.NONE, failing)) {
      HttpResponse<String> response = ask(to(server, "/").GET().build());

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.headers().firstValue("Content-Type")).hasValue(Problems.TYPE);
      assertThat(response.body())
          .contains(response.headers().firstValue("X-Request-Id").orElseThrow())
          .doesNotContain("secret");
    }
  }

  @Test
  void eventsComeAsTheyAreWritten() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    HttpHandler events =
        _ ->
            HttpReply.events(sink -> {
              sink.retry(Duration.ofMillis(5));
              sink.send(Optional.of("7"), "one\ntwo");
              go.await();
              sink.send(Optional.empty(), "");
            });
    try (HttpServer server = server(Tokens.NONE, events);
        Wire wire = new Wire(server)) {
      wire.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      String before = wire.until("data: two");
      go.countDown();

      assertThat(before).contains("text/event-stream", "retry: 5", "id: 7\ndata: one\ndata: two");
      assertThat(wire.until("0")).contains("data: \n");
    }
  }

  @Test
  void aClientThatLeftEndsItsStream() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    HttpHandler endless =
        _ ->
            HttpReply.events(sink -> {
              try {
                while (true) {
                  sink.ping();
                }
              } finally {
                ended.countDown();
              }
            });
    try (HttpServer server = server(Tokens.NONE, endless)) {
      try (Wire wire = new Wire(server)) {
        wire.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(wire.status()).isEqualTo(200);
      }
      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theEndInterruptsStreamsAndWhoeverWorksTooLong() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch ended = new CountDownLatch(2);
    HttpHandler waiting =
        request -> {
          if (request.path().equals("/events")) {
            return HttpReply.events(_ -> forever(both, ended));
          }
          forever(both, ended);
          return HttpReply.empty(204);
        };
    HttpServer server = server(Tokens.NONE, waiting);
    try (Wire one = new Wire(server);
        Wire other = new Wire(server)) {
      one.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
      other.send("GET /work HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(both.await(60, TimeUnit.SECONDS)).isTrue();

      server.close();
      server.close();

      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> new Wire(server).close()).isInstanceOf(IOException.class);
    }
  }

  private static void forever(CountDownLatch there, CountDownLatch ended)
      throws InterruptedException {
    there.countDown();
    try {
      new CountDownLatch(1).await();
    } finally {
      ended.countDown();
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (HttpServer server = server(Tokens.NONE, ECHO)) {
      ListenAddress same = new ListenAddress("127.0.0.1", server.port());

      assertThatThrownBy(() -> HttpServer.start(HttpSettings.of(same, Tokens.NONE), ECHO))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen at 127.0.0.1 port " + server.port());
    }
  }
}
