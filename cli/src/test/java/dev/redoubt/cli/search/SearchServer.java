// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A search engine on this machine that answers every request in the same manner.
final class SearchServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  final List<Request> requests = new CopyOnWriteArrayList<>();

  /// What was asked; each header is empty when it was not there.
  record Request(String target, String body, String authorization, String token) {}

  /// Answers a request.
  interface Manner {
    void answer(HttpExchange exchange) throws IOException;
  }

  private SearchServer(Manner manner) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(
                new Request(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                    header(exchange, "Authorization"),
                    header(exchange, "X-Subscription-Token")));
            manner.answer(exchange);
          }
        });
    server.start();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  static SearchServer saying(int status, String body) throws IOException {
    return new SearchServer(exchange -> send(exchange, status, body));
  }

  static SearchServer in(Manner manner) throws IOException {
    return new SearchServer(manner);
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  String url() {
    return "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
  }

  String at() {
    return "127.0.0.1:%d".formatted(server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
