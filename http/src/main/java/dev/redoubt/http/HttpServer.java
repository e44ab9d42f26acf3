// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static java.util.Objects.requireNonNull;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A listener for HTTP/1.1.
///
/// Each request is read whole within the limits, checked at the door, and handed to one handler on
/// a virtual thread of its own. Errors are problems as RFC 9457 has them, and say nothing of what
/// failed inside. Safe to share.
public final class HttpServer implements AutoCloseable {

  private static final int LONGEST_LINE = 8 << 10;
  private static final int MOST_HEADERS = 32 << 10;

  /* Loggers that nobody holds are forgotten, and their level with them. */
  private static final Logger LIBRARY = Logger.getLogger("io.helidon");

  private final WebServer server;
  private final Exchanges exchanges;
  private final String host;
  private final int port;
  private boolean closed;

  private HttpServer(WebServer server, Exchanges exchanges, String host, int port) {
    this.server = server;
    this.exchanges = exchanges;
    this.host = host;
    this.port = port;
  }

  /// Starts to listen.
  ///
  /// @throws IOException if that address is not to be had, in words that say which
  public static HttpServer start(HttpSettings settings, HttpHandler handler) throws IOException {
    LIBRARY.setLevel(Level.OFF);
    ListenAddress address = settings.address();
    Exchanges exchanges = new Exchanges(settings, requireNonNull(handler, "handler"));
    WebServer server = server(settings, exchanges);
    server.start();
    if (!server.isRunning()) {
      throw new IOException(
          "cannot listen at %s port %d: it is taken, or not of this machine"
              .formatted(address.host(), address.port()));
    }
    return new HttpServer(server, exchanges, address.host(), server.port());
  }

  private static WebServer server(HttpSettings settings, Exchanges exchanges) {
    ListenAddress address = settings.address();
    HttpLimits limits = settings.limits();
    return WebServer.builder()
        .shutdownHook(false)
        .featuresDiscoverServices(false)
        .bindAddress(new InetSocketAddress(InetAddress.ofLiteral(address.host()), address.port()))
        .maxPayloadSize(limits.body())
        .maxTcpConnections(limits.connections())
        .shutdownGracePeriod(Duration.ZERO)
        .connectionOptions(options -> options.readTimeout(limits.silence()).tcpNoDelay(true))
        .protocolsDiscoverServices(false)
        .addProtocol(
            io.helidon.webserver.http1.Http1Config.builder()
                .maxPrologueLength(LONGEST_LINE)
                .maxHeadersSize(MOST_HEADERS)
                .build())
        .directHandlers(problems())
        .routing(HttpRouting.builder().any(exchanges))
        .build();
  }

  private static DirectHandlers problems() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, new ProblemAnswers());
    }
    return handlers.build();
  }

  /// Returns the port it listens at.
  public int port() {
    return port;
  }

  /// Returns its address, `http://127.0.0.1:8080` for example.
  public String address() {
    return "http://%s:%d".formatted(host.indexOf(':') < 0 ? host : "[" + host + "]", port());
  }

  /// Takes no more requests, lets those that are worked on end within the grace, ends streams of
  /// events, and gives the port back. Nothing when that was done.
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      exchanges.end();
      server.stop();
    }
  }
}
