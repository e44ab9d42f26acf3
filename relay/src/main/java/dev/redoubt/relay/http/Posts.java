// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.http.EventSink;
import dev.redoubt.http.HttpReply;
import dev.redoubt.http.HttpRequest;
import dev.redoubt.mcp.rpc.Envelope;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcFormatException;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcReader;
import dev.redoubt.mcp.rpc.RpcText;
import dev.redoubt.mcp.server.WebRules;
import dev.redoubt.mcp.server.WebStream;
import dev.redoubt.relay.engine.Conversation;
import dev.redoubt.relay.engine.Refusals;
import dev.redoubt.relay.http.GatewaySession.Places;
import dev.redoubt.relay.http.GatewaySession.Whose;
import dev.redoubt.relay.http.Waiting.Shape;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Answers POSTs: takes what they carry to the server, and waits for what it answers.
final class Posts {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration ABSENCE = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int BAD = 400;
  private static final int ACCEPTED = 202;
  private static final int DEEPEST = 200;
  private static final int MOST_NODES = 1_000_000;
  private static final long NOT_JSON = -32_700;
  private static final long INVALID_REQUEST = -32_600;
  private static final String BATCHES = "2025-03-26";

  private final GatewaySessions sessions;
  private final Standings standings;
  private final Places places;
  private final RpcReader reader;

  Posts(GatewaySessions sessions, Standings standings, Places places) {
    this.sessions = requireNonNull(sessions, "sessions");
    this.standings = requireNonNull(standings, "standings");
    this.places = requireNonNull(places, "places");
    this.reader = new RpcReader(places.largest());
  }

  HttpReply answer(HttpRequest http, Upstream upstream, Whose whose) throws InterruptedException {
    Optional<HttpReply> unfit = WebRules.unfit(http);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    Envelope envelope;
    try {
      envelope = reader.read(http.body());
    } catch (RpcFormatException e) {
      return unreadable(http, whose, String.valueOf(e.getMessage()));
    }
    RpcMessage first = envelope.messages().getFirst();
    boolean single = envelope.kind() == Envelope.Kind.SINGLE;
    Optional<String> id = http.header(Gateway.SESSION);
    if (id.isEmpty() && http.headers(Gateway.SESSION).isEmpty() && single) {
      if (first instanceof RpcMessage.Request request) {
        if (WebRules.isStateless(http, request)) {
          return stateless(http, envelope.tree(), request, upstream, whose);
        }
        if (request.method().equals("initialize")) {
          return begun(http, request, upstream, whose);
        }
      } else if (first instanceof RpcMessage.Notice) {
        return HttpReply.empty(ACCEPTED);
      }
    }
    if (id.isEmpty()) {
      return error(
          BAD, idOf(first), new RpcError(INVALID_REQUEST, "the header Mcp-Session-Id is missing"));
    }
    Optional<GatewaySession> session = sessions.find(id.get(), whose);
    if (session.isEmpty()) {
      return Gateway.gone();
    }
    if (!single && !session.get().protocol().equals(BATCHES)) {
      return error(BAD, RpcId.NOTHING, new RpcError(INVALID_REQUEST, "send one message at a time"));
    }
    return told(session.get(), http, envelope);
  }

  private static RpcId idOf(RpcMessage message) {
    return message instanceof RpcMessage.Request asked ? asked.id() : RpcId.NOTHING;
  }

  private static HttpReply error(int status, RpcId id, RpcError error) {
    return failure(status, new RpcMessage.Failure(id, error));
  }

  private static HttpReply failure(int status, RpcMessage.Failure failure) {
    return HttpReply.of(status, "application/json", RpcText.of(failure));
  }

  /* In a session it is written down as what was refused. */
  private HttpReply unreadable(HttpRequest http, Whose whose, String reason)
      throws InterruptedException {
    Optional<GatewaySession> session =
        http.header(Gateway.SESSION).flatMap(id -> sessions.find(id, whose));
    Optional<byte[]> back =
        session.isPresent() ? session.get().channel().take(http.body()) : Optional.empty();
    return back.map(said -> HttpReply.of(BAD, "application/json", said))
        .orElseGet(() -> error(BAD, RpcId.NOTHING, new RpcError(NOT_JSON, "the body " + reason)));
  }

  private static HttpReply notOpened(RpcId id, IOException problem) {
    if (problem instanceof NotOpenedException stopped) {
      return failure(OK, Refusals.of(id, stopped.rule(), stopped.reason()));
    }
    String said = problem.getMessage();
    return failure(
        OK,
        Refusals.of(
            id, "relay.no-server", "the server cannot be reached: " + (said == null ? "" : said)));
  }

  private HttpReply begun(
      HttpRequest http, RpcMessage.Request request, Upstream upstream, Whose whose)
      throws InterruptedException {
    Optional<GatewaySession> begun;
    try {
      begun = sessions.begin(whose, upstream.opener());
    } catch (IOException e) {
      return notOpened(request.id(), e);
    }
    if (begun.isEmpty()) {
      return error(OK, request.id(), new RpcError(RpcError.BUSY, "there are too many sessions"));
    }
    GatewaySession session = begun.get();
    Optional<String> greeting = Optional.empty();
    try {
      Waiting waiting = waiting(session, List.of(request), Shape.MESSAGE);
      take(session, waiting, http.body());
      greeting = waiting.stream().only(places.limits().greeting());
    } finally {
      if (greeting.isEmpty()) {
        sessions.end(session);
      }
    }
    if (greeting.isEmpty()) {
      return failure(
          OK, Refusals.of(request.id(), "relay.server-lost", "the server did not greet"));
    }
    Optional<String> version =
        read(greeting.get()).get("result").flatMap(result -> result.text("protocolVersion"));
    HttpReply reply = HttpReply.json(OK, greeting.get());
    if (version.isEmpty()) {
      sessions.end(session);
      return reply;
    }
    session.greeted(version.get());
    return reply.with(Gateway.SESSION, session.id());
  }

  /* What was read before. */
  private static Node read(String text) {
    try {
      byte[] bytes = text.getBytes(UTF_8);
      return Json.read(bytes, new Limits(Math.max(1, bytes.length), DEEPEST, MOST_NODES));
    } catch (IOException e) {
      return new Node.Obj(Map.of(), 1);
    }
  }

  /* Empty when a request waits under one of the ids, or too many wait. */
  private static Waiting waiting(
      GatewaySession session, List<RpcMessage.Request> requests, Shape shape) {
    Set<String> keys = new LinkedHashSet<>();
    requests.forEach(request -> keys.add(Conversation.key(request.id())));
    return new Waiting(session.stream(), keys, shape, Optional.empty());
  }

  private static Map<String, String> tokens(List<RpcMessage.Request> requests) {
    Map<String, String> tokens = new LinkedHashMap<>();
    for (RpcMessage.Request request : requests) {
      request
          .params()
          .flatMap(params -> params.get("_meta"))
          .flatMap(meta -> meta.get("progressToken"))
          .ifPresent(token -> tokens.put(Conversation.key(request.id()), JsonText.of(token)));
    }
    return tokens;
  }

  private static void take(GatewaySession session, Waiting waiting, byte[] body)
      throws InterruptedException {
    session.routes().add(waiting, Map.of(), Integer.MAX_VALUE);
    taken(session, waiting, body);
  }

  private static void taken(GatewaySession session, Waiting waiting, byte[] body)
      throws InterruptedException {
    Optional<byte[]> back = session.channel().take(body);
    if (back.isEmpty()) {
      return;
    }
    session.routes().heard(back.get());
    if (read(new String(back.get(), UTF_8))
        .get("id")
        .filter(Node.Nothing.class::isInstance)
        .isPresent()) {
      session.routes().forget(waiting);
      waiting.refused(back.get());
    }
  }

  private HttpReply told(GatewaySession session, HttpRequest http, Envelope envelope)
      throws InterruptedException {
    List<RpcMessage.Request> requests =
        envelope.messages().stream()
            .filter(RpcMessage.Request.class::isInstance)
            .map(RpcMessage.Request.class::cast)
            .toList();
    if (requests.isEmpty()) {
      return session
          .channel()
          .take(http.body())
          .map(said -> HttpReply.of(BAD, "application/json", said))
          .orElseGet(() -> HttpReply.empty(ACCEPTED));
    }
    boolean events = WebRules.accepts(http, "text/event-stream");
    boolean list = envelope.kind() == Envelope.Kind.BATCH;
    Shape shape = list ? Shape.LIST : events ? Shape.EVENTS : Shape.MESSAGE;
    Waiting waiting = waiting(session, requests, shape);
    if (waiting.open().size() < requests.size()
        || !session.routes().add(waiting, tokens(requests), places.limits().requests())) {
      waiting.stream().finish(Optional.empty());
      return failure(
          OK,
          Refusals.of(
              requests.getFirst().id(),
              "relay.id-in-use",
              "a request with that id waits, or too many do"));
    }
    taken(session, waiting, http.body());
    WebStream stream = waiting.stream();
    if (!events || list) {
      return whole(stream);
    }
    Optional<String> only = stream.only(SOON);
    if (only.isPresent()) {
      return HttpReply.json(OK, only.get());
    }
    long from = session.isResumable() ? WebStream.BEGINNING : 0;
    return HttpReply.events(sink -> stream.pour(sink, from, true));
  }

  private static HttpReply whole(WebStream stream) throws InterruptedException {
    Optional<String> whole = stream.whole();
    return whole.isPresent() ? HttpReply.json(OK, whole.get()) : Gateway.gone();
  }

  private HttpReply stateless(
      HttpRequest http, Node tree, RpcMessage.Request request, Upstream upstream, Whose whose)
      throws InterruptedException {
    if (upstream.eras() == Upstream.Eras.SESSIONS) {
      return error(BAD, request.id(), Versions.onlySessions(request));
    }
    Standing standing;
    try {
      Optional<RpcError> early = WebRules.objection(http, request, _ -> Optional.empty());
      if (early.isPresent()) {
        return error(BAD, request.id(), early.get());
      }
      standing = standings.of(whose, upstream.opener());
      if (request.method().equals("tools/call")) {
        Optional<Node> tool =
            standing.tool(request.params().flatMap(params -> params.text("name")).orElse(""));
        Optional<RpcError> objection = WebRules.objection(http, request, _ -> tool);
        if (objection.isPresent()) {
          return error(BAD, request.id(), objection.get());
        }
      }
    } catch (IOException e) {
      return notOpened(request.id(), e);
    }
    boolean events = WebRules.accepts(http, "text/event-stream");
    Optional<Waiting> taken = standing.take(tree, events ? Shape.EVENTS : Shape.MESSAGE);
    if (taken.isEmpty()) {
      return error(OK, request.id(), new RpcError(RpcError.BUSY, "too much is asked at once"));
    }
    Waiting waiting = taken.get();
    WebStream stream = waiting.stream();
    if (!events) {
      return status(whole(stream), waiting);
    }
    Optional<String> only = stream.only(SOON);
    if (only.isPresent()) {
      return status(HttpReply.json(OK, only.get()), waiting);
    }
    stream.watch(ABSENCE, () -> standing.drop(waiting));
    return HttpReply.events(sink -> pour(sink, standing, waiting));
  }

  private static HttpReply status(HttpReply reply, Waiting waiting) {
    if (!waiting.hasFailed()) {
      return reply;
    }
    byte[] body = reply.body();
    String code =
        read(new String(body, UTF_8))
            .get("error")
            .flatMap(error -> error.scalar("code"))
            .orElse("0");
    try {
      return HttpReply.of(WebRules.status(Long.parseLong(code)), "application/json", body);
    } catch (NumberFormatException e) {
      return reply;
    }
  }

  /* A client that lets go of its request takes it back. */
  private static void pour(EventSink sink, Standing standing, Waiting waiting)
      throws IOException, InterruptedException {
    boolean whole = false;
    try {
      waiting.stream().pour(sink, 0, false);
      whole = true;
    } finally {
      if (!whole) {
        standing.drop(waiting);
      }
    }
  }
}
