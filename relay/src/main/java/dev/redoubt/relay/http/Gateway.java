// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import dev.redoubt.http.HttpHandler;
import dev.redoubt.http.HttpReply;
import dev.redoubt.http.HttpRequest;
import dev.redoubt.mcp.server.WebRules;
import dev.redoubt.mcp.server.WebStream;
import dev.redoubt.relay.http.GatewaySession.Places;
import dev.redoubt.relay.http.GatewaySession.Whose;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Offers many MCP servers over HTTP, each at a path of its own, with a relay in front of each.
///
/// Every session has its own way to its server, bound to the token that began it, so that nothing
/// of one client reaches another. Safe to share.
public final class Gateway implements HttpHandler, AutoCloseable {

  static final String SESSION = "Mcp-Session-Id";

  private static final int BAD = 400;
  private static final Duration ROUND = Duration.ofSeconds(15);

  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
  private final GatewaySessions sessions;
  private final Standings standings;
  private final Posts posts;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// @param upstreams the servers
  /// @param largest the most bytes of a message
  public Gateway(List<Upstream> upstreams, GatewayLimits limits, int largest) {
    for (Upstream upstream : upstreams) {
      this.upstreams.put(
          upstream.path(),
          new Upstream(
              upstream.path(),
              upstream.eras(),
              new BoundedOpener(upstream.opener(), limits.losses())));
    }
    Places places = new Places(limits, largest);
    this.sessions = new GatewaySessions(places);
    this.standings = new Standings(places);
    this.posts = new Posts(sessions, standings, places);
    Thread.ofVirtual().name("gateway-rounds").start(this::rounds);
  }

  private void rounds() {
    try {
      while (!closed.await(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        sessions.endIdle();
        standings.endIdle();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public HttpReply answer(HttpRequest request) throws InterruptedException {
    if (request.caller().isEmpty() && !request.headers("Authorization").isEmpty()) {
      // Who brings something that nobody knows is not taken for somebody who brings nothing.
      return HttpReply.problem(401, "Unauthorized", "no token is known here")
          .with("WWW-Authenticate", "Bearer");
    }
    Upstream upstream = upstreams.get(request.path());
    if (upstream == null || !upstream.opener().admits(request.caller())) {
      return HttpReply.problem(404, "Not Found", "there is no such server");
    }
    Whose whose = new Whose(request.caller(), upstream.path());
    return switch (request.method()) {
      case "POST" -> posts.answer(request, upstream, whose);
      case "GET" -> get(request, whose);
      case "DELETE" -> delete(request, whose);
      default ->
          HttpReply.problem(405, "Method Not Allowed", "POST, GET and DELETE are answered")
              .with("Allow", "POST, GET, DELETE");
    };
  }

  static HttpReply gone() {
    return HttpReply.problem(404, "Not Found", "there is no such session: begin another");
  }

  private HttpReply get(HttpRequest http, Whose whose) {
    Optional<String> id = http.header(SESSION);
    if (id.isEmpty() || !WebRules.accepts(http, "text/event-stream")) {
      return HttpReply.problem(
              405, "Method Not Allowed", "a stream of events belongs to a session, accept one")
          .with("Allow", "POST");
    }
    Optional<GatewaySession> session = sessions.find(id.get(), whose);
    if (session.isEmpty()) {
      return gone();
    }
    Optional<String> last = http.header("Last-Event-ID");
    return last.isPresent()
        ? resumed(session.get(), last.get())
        : streamed(session.get().aside(), 0);
  }

  private static HttpReply resumed(GatewaySession session, String last) {
    int dash = last.indexOf('-');
    Optional<WebStream> stream =
        dash < 1 ? Optional.empty() : session.stream(last.substring(0, dash));
    if (stream.isPresent()) {
      try {
        return streamed(stream.get(), Long.parseLong(last.substring(dash + 1)));
      } catch (NumberFormatException e) {
        // Said below.
      }
    }
    return HttpReply.problem(BAD, "Bad Request", "there is no such event");
  }

  private static HttpReply streamed(WebStream stream, long after) {
    return HttpReply.events(sink -> stream.pour(sink, after, true));
  }

  private HttpReply delete(HttpRequest http, Whose whose) {
    Optional<GatewaySession> session = http.header(SESSION).flatMap(id -> sessions.find(id, whose));
    if (session.isEmpty()) {
      return gone();
    }
    sessions.end(session.get());
    return HttpReply.empty(204);
  }

  /// Returns how many sessions there are.
  public int sessions() {
    return sessions.count();
  }

  /// Ends all sessions, and the servers with them.
  @Override
  public void close() {
    closed.countDown();
    standings.close();
    sessions.close();
  }
}
