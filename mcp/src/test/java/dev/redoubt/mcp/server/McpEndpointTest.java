// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.http.HttpServer;
import dev.redoubt.http.HttpSettings;
import dev.redoubt.http.ListenAddress;
import dev.redoubt.http.Tokens;
import dev.redoubt.mcp.server.McpServer.ServerName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class McpEndpointTest {

  private static final String MINE = "token-of-mine-0123456789";
  private static final String YOURS = "token-of-yours-0123456789";
  private static final String PING = "{'jsonrpc':'2.0','id':1,'method':'ping'}";

  private final Catalogue catalogue = new Catalogue();
  private final McpEndpoint endpoint =
      new McpEndpoint(new McpServer(new ServerName("one", "1", ""), catalogue));
  private final HttpServer http;
  private final HttpClient client = HttpClient.newHttpClient();

  McpEndpointTest() throws IOException {
    http =
        HttpServer.start(
            HttpSettings.of(
                ListenAddress.of("127.0.0.1:0"), new Tokens(Map.of("me", MINE, "you", YOURS))),
            endpoint);
  }

  @AfterEach
  void end() {
    endpoint.close();
    http.close();
    client.shutdownNow();
  }

  private HttpRequest.Builder to(String token, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(http.address() + McpEndpoint.PATH))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream");
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> post(String body, HttpRequest.Builder to) throws Exception {
    return client.send(
        to.POST(BodyPublishers.ofString(body.replace('\'', '"'))).build(), BodyHandlers.ofString());
  }

  private HttpResponse<InputStream> stream(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofInputStream());
  }

  private String session(String version) throws Exception {
    HttpResponse<String> response =
        post(
            "{'jsonrpc':'2.0','id':0,'method':'initialize','params':{'protocolVersion':'%s',"
                    .formatted(version)
                + "'capabilities':{}}}",
            to(MINE));
    String id = response.headers().firstValue("Mcp-Session-Id").orElseThrow();
    post("{'jsonrpc':'2.0','method':'notifications/initialized'}", to(MINE, "Mcp-Session-Id", id));
    return id;
  }

  private static String until(BufferedReader lines, String part) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(part)) {
        return seen.toString();
      }
    }
    return seen + "(the end)";
  }

  private static BufferedReader lines(HttpResponse<InputStream> response) {
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  @Test
  void aSessionBelongsToWhoeverBeganIt() throws Exception {
    String id = session("2025-11-25");

    assertThat(post(PING, to(MINE, "Mcp-Session-Id", id)).statusCode()).isEqualTo(200);
    assertThat(post(PING, to(YOURS, "Mcp-Session-Id", id)).statusCode()).isEqualTo(404);
    assertThat(post(PING, to(MINE)).statusCode()).isEqualTo(400);
    assertThat(
            client
                .send(to(YOURS, "Mcp-Session-Id", id).DELETE().build(), BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(404);
    assertThat(
            client
                .send(to(MINE, "Mcp-Session-Id", id).DELETE().build(), BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(204);
    assertThat(post(PING, to(MINE, "Mcp-Session-Id", id)).statusCode()).isEqualTo(404);
  }

  @Test
  void aStreamThatWasCutOffGoesOnFromWhereItWas() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    catalogue.add(
        Catalogue.Kind.TOOL,
        Item.tool(
            "slow",
            Tree.empty(),
            call -> {
              call.progress(1, 2, "first");
              go.await();
              call.progress(2, 2, "second");
              return ServerAnswer.text("done");
            }));
    String id = session("2025-11-25");
    String event;
    try (BufferedReader lines =
        lines(
            stream(
                to(MINE, "Mcp-Session-Id", id)
                    .POST(
                        BodyPublishers.ofString(
                            "{'jsonrpc':'2.0','id':5,'method':'tools/call','params':{'name':'slow',"
                                    .replace('\'', '"')
                                + "\"_meta\":{\"progressToken\":\"p\"}}}"))
                    .build()))) {
      String seen = until(lines, "first");
      event = seen.substring(seen.lastIndexOf("id: ") + 4, seen.lastIndexOf("\ndata"));
    }
    go.countDown();

    try (BufferedReader lines =
        lines(stream(to(MINE, "Mcp-Session-Id", id, "Last-Event-ID", event).GET().build()))) {
      assertThat(until(lines, "\"id\":5")).contains("second", "done").doesNotContain("first");
    }
  }

  @Test
  void changesAreToldBesideTheRequests() throws Exception {
    catalogue.add(Catalogue.Kind.TOOL, Item.tool("a", Tree.empty(), _ -> ServerAnswer.text("")));
    String id = session("2025-06-18");
    catalogue.add(Catalogue.Kind.TOOL, Item.tool("b", Tree.empty(), _ -> ServerAnswer.text("")));

    try (BufferedReader lines = lines(stream(to(MINE, "Mcp-Session-Id", id).GET().build()))) {
      assertThat(until(lines, "list_changed")).contains("notifications/tools/list_changed");
    }
  }

  @Test
  void aClientThatLeavesTakesItsStatelessCallBack() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    catalogue.add(
        Catalogue.Kind.TOOL,
        Item.tool(
            "endless",
            Tree.empty(),
            call -> {
              try {
                call.progress(1, 2, "first");
                started.countDown();
                new CountDownLatch(1).await();
              } finally {
                stopped.countDown();
              }
              return ServerAnswer.text("never");
            }));
    String body =
        """
        {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"endless","_meta":{
        "progressToken":1,"io.modelcontextprotocol/protocolVersion":"2026-07-28",
        "io.modelcontextprotocol/clientCapabilities":{}}}}
        """;

    try (BufferedReader lines =
        lines(
            stream(
                to(
                        MINE,
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        "endless")
                    .POST(BodyPublishers.ofString(body))
                    .build()))) {
      assertThat(until(lines, "first")).contains("first");
      assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void listsOfMessagesAreOfOneVersionOnly() throws Exception {
    String both = "[" + PING + ",{'jsonrpc':'2.0','method':'notifications/initialized'}]";

    assertThat(post(both, to(MINE, "Mcp-Session-Id", session("2025-06-18"))).statusCode())
        .isEqualTo(400);
    assertThat(post(both, to(MINE, "Mcp-Session-Id", session("2025-03-26"))).body())
        .isEqualTo("[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]");
  }

  @Test
  void whatIsNoMessageOrNotForHereIsRefused() throws Exception {
    assertThat(post("{'jsonrpc':'2.0'", to(MINE)).statusCode()).isEqualTo(400);
    assertThat(post("{'jsonrpc':'2.0','id':1,'id':2,'method':'ping'}", to(MINE)).body())
        .contains("-32700");
    for (String method : List.of("PUT", "OPTIONS")) {
      assertThat(
              client
                  .send(
                      to(MINE).method(method, BodyPublishers.noBody()).build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(405);
    }
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(http.address() + "/other"))
                        .header("Authorization", "Bearer " + MINE)
                        .GET()
                        .build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(404);
  }
}
