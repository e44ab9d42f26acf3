// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.http.HttpServer;
import dev.redoubt.http.HttpSettings;
import dev.redoubt.http.ListenAddress;
import dev.redoubt.http.Tokens;
import dev.redoubt.mcp.server.McpServer.ServerName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebLimitsTest {

  private static final String TOKEN = "token-of-mine-0123456789";
  private static final String HELLO =
      "{'jsonrpc':'2.0','id':0,'method':'initialize','params':{'protocolVersion':'2025-11-25',"
          + "'capabilities':{}}}";
  private static final String PING = "{'jsonrpc':'2.0','id':1,'method':'ping'}";

  private final Catalogue catalogue = new Catalogue();
  private final McpEndpoint endpoint =
      new McpEndpoint(
          new McpServer(new ServerName("one", "1", ""), catalogue),
          new WebLimits(2, 3, 3, Duration.ofHours(1), Duration.ofMillis(100)));
  private final HttpServer http;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Semaphore started = new Semaphore(0);
  private final CountDownLatch gate = new CountDownLatch(1);

  WebLimitsTest() throws IOException {
    http =
        HttpServer.start(
            HttpSettings.of(ListenAddress.of("127.0.0.1:0"), new Tokens(Map.of("me", TOKEN))),
            endpoint);
    catalogue.add(
        Catalogue.Kind.TOOL,
        Item.tool(
            "waiting",
            Tree.empty(),
            _ -> {
              started.release();
              gate.await();
              return ServerAnswer.text("done");
            }));
  }

  @AfterEach
  void end() {
    gate.countDown();
    http.close();
    endpoint.close();
    client.shutdownNow();
  }

  private HttpRequest.Builder post(String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(http.address() + McpEndpoint.PATH))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString(body.replace('\'', '"')));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> sent(String body, String... headers) throws Exception {
    return client.send(post(body, headers).build(), BodyHandlers.ofString());
  }

  private String session() throws Exception {
    return sent(HELLO).headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  private HttpResponse<String> ping(String session) throws Exception {
    return sent(PING, "Mcp-Session-Id", session);
  }

  private static String call(int id) {
    return "{'jsonrpc':'2.0','id':%d,'method':'tools/call','params':{'name':'waiting'}}"
        .formatted(id);
  }

  private CompletableFuture<HttpResponse<String>> waiting(String session, int id) throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            post(call(id), "Mcp-Session-Id", session).build(), BodyHandlers.ofString());
    assertThat(started.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    return answer;
  }

  @Test
  void soManyRequestsOfASessionAndOfAllAreWorkedOnAtOnce() throws Exception {
    String one = session();
    String two = session();
    var first = waiting(one, 1);
    var second = waiting(one, 2);

    assertThat(sent(call(3), "Mcp-Session-Id", one).body()).contains("\"id\":3", "-32000");
    assertThat(ping(two).body()).contains("\"result\":{}");
    var third = waiting(two, 1);
    assertThat(sent(call(2), "Mcp-Session-Id", two).body()).contains("\"id\":2", "-32000");

    gate.countDown();
    assertThat(first.get(60, TimeUnit.SECONDS).body()).contains("done");
    assertThat(second.get(60, TimeUnit.SECONDS).body()).contains("done");
    assertThat(third.get(60, TimeUnit.SECONDS).body()).contains("done");
    for (String body = ping(one).body(); !body.contains("result"); body = ping(one).body()) {
      // The threads that answered are about to end.
      assertThat(body).contains("-32000");
    }
  }

  @Test
  void whoeverWorksForAClientThatDoesNotComeBackIsInterrupted() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    catalogue.add(
        Catalogue.Kind.TOOL,
        Item.tool(
            "endless",
            Tree.empty(),
            _ -> {
              try {
                new CountDownLatch(1).await();
              } finally {
                stopped.countDown();
              }
              return ServerAnswer.text("never");
            }));

    try (InputStream body =
        client
            .send(
                post(call(1).replace("waiting", "endless"), "Mcp-Session-Id", session()).build(),
                BodyHandlers.ofInputStream())
            .body()) {
      assertThat(body.read()).isPositive();
    }

    assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void manyWhoOnlyBeginPushOutNobodyWhoWentOn() throws Exception {
    String mine = session();
    assertThat(ping(mine).statusCode()).isEqualTo(200);

    for (int i = 0; i < 10; i++) {
      assertThat(session()).isNotEmpty();
    }

    assertThat(ping(mine).statusCode()).isEqualTo(200);
    assertThat(ping(session()).statusCode()).isEqualTo(200);
    assertThat(ping(session()).statusCode()).isEqualTo(200);
    assertThat(sent(HELLO).body()).contains("-32000", "too many sessions");
    assertThat(ping(mine).statusCode()).isEqualTo(200);
  }

  @Test
  void theEndWaitsForThoseWhoWork() throws Exception {
    AtomicBoolean cleaned = new AtomicBoolean();
    catalogue.add(
        Catalogue.Kind.TOOL,
        Item.tool(
            "cleaning",
            Tree.empty(),
            _ -> {
              started.release();
              try {
                gate.await();
              } finally {
                boolean _ = new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
                cleaned.set(true);
              }
              return ServerAnswer.text("never");
            }));
    var answer =
        client.sendAsync(
            post(call(1).replace("waiting", "cleaning"), "Mcp-Session-Id", session()).build(),
            BodyHandlers.ofString());
    assertThat(started.tryAcquire(60, TimeUnit.SECONDS)).isTrue();

    endpoint.close();

    assertThat(cleaned).isTrue();
    answer.cancel(true);
  }
}
