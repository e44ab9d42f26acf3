// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An MCP server of 2026-07-28 on loopback with the tool `echo`, and beside it, on another port, an
/// authorization server that says yes to everybody. Only the last token it gave lets in.
final class HttpMcpServer implements AutoCloseable {

  /// Whether one needs a token.
  enum Door {
    OPEN,
    LOCKED
  }

  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
  private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");

  private final HttpServer server;
  private final HttpServer authorization;
  private final Door door;
  private final AtomicInteger tokens = new AtomicInteger();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
  private volatile String named = "";

  private HttpMcpServer(HttpServer server, HttpServer authorization, Door door) {
    this.server = server;
    this.authorization = authorization;
    this.door = door;
  }

  static HttpMcpServer start(Door door) throws IOException {
    HttpMcpServer made = new HttpMcpServer(listening(), listening(), door);
    made.server.createContext("/mcp", made::mcp);
    made.server.createContext("/.well-known/oauth-protected-resource", made::resource);
    made.authorization.createContext("/", made::authorize);
    made.server.start();
    made.authorization.start();
    return made;
  }

  private static HttpServer listening() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
  }

  String issuer() {
    return "http://127.0.0.1:" + authorization.getAddress().getPort();
  }

  /// Lets the server say that another than its own authorization server gives tokens.
  void name(String issuer) {
    named = issuer;
  }

  /// Returns the method and the header `X-Team` of each request, and the body of calls.
  List<String> heard() {
    return heard;
  }

  /// Returns what was sent to the token endpoint.
  List<Map<String, String>> forms() {
    return forms;
  }

  /// Lets the token that was given last in no more.
  void forget() {
    tokens.incrementAndGet();
  }

  private void mcp(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (door == Door.LOCKED && !("Bearer t" + tokens.get()).equals(token)) {
      exchange
          .getResponseHeaders()
          .add(
              "WWW-Authenticate",
              "Bearer resource_metadata=\"%s\", scope=\"tools\""
                  .formatted(url().replace("/mcp", "/.well-known/oauth-protected-resource/mcp")));
      answer(exchange, 401, "{}");
      return;
    }
    Matcher method = METHOD.matcher(body);
    String called = method.find() ? method.group(1) : "?";
    heard.add(called + " " + exchange.getRequestHeaders().getFirst("X-Team"));
    String result =
        switch (called) {
          case "server/discover" ->
              "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}}";
          case "tools/list" ->
              "{\"resultType\":\"complete\",\"tools\":[{\"name\":\"echo\",\"description\":\"Says it"
                  + " again.\",\"inputSchema\":{\"type\":\"object\"}}]}";
          default ->
              "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"from"
                  + " afar\"}]}";
        };
    Matcher id = ID.matcher(body);
    answer(
        exchange,
        200,
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
            .formatted(id.find() ? id.group(1) : "0", result));
  }

  private void resource(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        "{\"resource\":\"%s\",\"authorization_servers\":[\"%s\"]}"
            .formatted(url(), named.isEmpty() ? issuer() : named));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    switch (uri.getPath()) {
      case "/.well-known/oauth-authorization-server" ->
          answer(
              exchange,
              200,
              """
              {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
              "registration_endpoint":"%1$s/register","code_challenge_methods_supported":["S256"],
              "authorization_response_iss_parameter_supported":true}
              """
                  .formatted(issuer()));
      case "/register" -> answer(exchange, 201, "{\"client_id\":\"c1\"}");
      case "/authorize" -> {
        Map<String, String> asked = form(uri.getRawQuery());
        exchange
            .getResponseHeaders()
            .add(
                "Location",
                asked.get("redirect_uri")
                    + "?code=once&state="
                    + asked.get("state")
                    + "&iss="
                    + issuer().replace(":", "%3A").replace("/", "%2F"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
      }
      case "/token" -> {
        forms.add(form(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        answer(
            exchange,
            200,
            "{\"access_token\":\"t%d\",\"token_type\":\"Bearer\",\"refresh_token\":\"r\",\"expires_in\":3600}"
                .formatted(tokens.incrementAndGet()));
      }
      default -> answer(exchange, 404, "{}");
    }
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      form.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return form;
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    byte[] body = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    authorization.stop(0);
  }
}
