// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server on loopback that serves files with ranges and versions, and fails on demand.
final class FeedServer implements AutoCloseable {

  /// How the next answers go wrong, one per answer.
  enum Fault {
    RESET_HALFWAY,
    STALL_HALFWAY,
    ERROR_500,
    WRONG_HASH,
    OTHER_RANGE
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final Map<String, String> hashes = new HashMap<>();
  private final List<Fault> faults = Collections.synchronizedList(new ArrayList<>());
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  FeedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  void serve(String path, byte[] content) {
    files.put(path, content);
  }

  void redirect(String path, String target) {
    redirects.put(path, target);
  }

  void hash(String path, String header) {
    hashes.put(path, header);
  }

  void fail(Fault... next) {
    faults.addAll(List.of(next));
  }

  /// Returns the requests so far: status, path and range.
  List<String> log() {
    return List.copyOf(log);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    Fault fault = faults.isEmpty() ? null : faults.removeFirst();
    byte[] content = files.get(path);
    if (redirects.containsKey(path)) {
      exchange.getResponseHeaders().set("Location", redirects.get(path));
      empty(exchange, 302, path, range);
    } else if (fault == Fault.ERROR_500) {
      empty(exchange, 500, path, range);
    } else if (content == null) {
      empty(exchange, 404, path, range);
    } else {
      send(exchange, path, range, content, fault);
    }
  }

  private void send(HttpExchange exchange, String path, String range, byte[] content, Fault fault)
      throws IOException {
    String etag = "\"%08x\"".formatted(Arrays.hashCode(content));
    exchange.getResponseHeaders().set("ETag", etag);
    if (fault == Fault.WRONG_HASH) {
      exchange.getResponseHeaders().add("x-goog-hash", "crc32c=AAAAAA==");
    } else if (hashes.containsKey(path)) {
      exchange.getResponseHeaders().add("x-goog-hash", hashes.get(path));
    }
    if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      empty(exchange, 304, path, range);
      return;
    }
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    int from =
        range != null && (ifRange == null || ifRange.equals(etag))
            ? Integer.parseInt(range.replaceAll("\\D", ""))
            : 0;
    if (from > 0) {
      int told = fault == Fault.OTHER_RANGE ? from - 1 : from;
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(told, content.length - 1, content.length));
    }
    log.add("%d %s %s".formatted(from > 0 ? 206 : 200, path, range));
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    OutputStream body = exchange.getResponseBody();
    if (fault == Fault.RESET_HALFWAY || fault == Fault.STALL_HALFWAY) {
      body.write(content, from, (content.length - from) / 2);
      body.flush();
      if (fault == Fault.STALL_HALFWAY) {
        return; // Neither goes on nor closes.
      }
    } else {
      body.write(content, from, content.length - from);
    }
    exchange.close();
  }

  private void empty(HttpExchange exchange, int status, String path, String range)
      throws IOException {
    log.add("%d %s %s".formatted(status, path, range));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
