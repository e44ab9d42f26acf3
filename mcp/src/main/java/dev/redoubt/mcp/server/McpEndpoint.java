// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.http.HttpHandler;
import dev.redoubt.http.HttpReply;
import dev.redoubt.http.HttpRequest;
import dev.redoubt.mcp.rpc.Envelope;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcFormatException;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcReader;
import java.util.List;
import java.util.Optional;

/// Serves many clients over HTTP at one path, each in whichever era it speaks. Safe to share.
public final class McpEndpoint implements HttpHandler, AutoCloseable {

  /// Where it is served.
  public static final String PATH = "/mcp";

  private static final String SESSION = "Mcp-Session-Id";
  private static final int LARGEST = 16 << 20;
  private static final int ACCEPTED = 202;
  private static final int BAD = 400;

  private final McpServer server;
  private final WebLimits limits;
  private final WebSessions sessions;
  private final Workers workers;
  private final RpcReader reader = new RpcReader(LARGEST);

  /// @param server what is served
  public McpEndpoint(McpServer server) {
    this(server, WebLimits.USUAL);
  }

  McpEndpoint(McpServer server, WebLimits limits) {
    this.server = requireNonNull(server, "server");
    this.limits = requireNonNull(limits, "limits");
    this.sessions = new WebSessions(limits);
    this.workers = new Workers(limits.workers());
  }

  @Override
  public HttpReply answer(HttpRequest request) throws InterruptedException {
    if (!request.path().equals(PATH)) {
      return HttpReply.problem(404, "Not Found", "MCP is served at %s".formatted(PATH));
    }
    return switch (request.method()) {
      case "POST" -> post(request);
      case "GET" -> get(request);
      case "DELETE" -> delete(request);
      default ->
          HttpReply.problem(405, "Method Not Allowed", "POST, GET and DELETE are answered")
              .with("Allow", "POST, GET, DELETE");
    };
  }

  private HttpReply post(HttpRequest http) throws InterruptedException {
    Optional<HttpReply> unfit = WebRules.unfit(http);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    try {
      Envelope envelope = reader.read(http.body());
      return switch (envelope.kind()) {
        case SINGLE -> single(http, envelope.messages().getFirst());
        case BATCH -> batch(http, envelope.messages());
      };
    } catch (RpcFormatException e) {
      return error(
          BAD,
          RpcId.NOTHING,
          new RpcError(Versions.NOT_JSON, "the body %s".formatted(e.getMessage())));
    }
  }

  private static HttpReply error(int status, RpcId id, RpcError error) {
    return HttpReply.json(status, Asks.text(new RpcMessage.Failure(id, error)));
  }

  private HttpReply single(HttpRequest http, RpcMessage message) {
    boolean events = WebRules.accepts(http, "text/event-stream");
    if (message instanceof RpcMessage.Request request) {
      if (http.header(SESSION).isEmpty() && WebRules.isStateless(http, request)) {
        return stateless(http, request, events);
      }
      if (request.method().equals("initialize") && http.header(SESSION).isEmpty()) {
        return begun(http, request);
      }
    } else if (http.header(SESSION).isEmpty() && message instanceof RpcMessage.Notice) {
      return HttpReply.empty(ACCEPTED);
    }
    Optional<String> id = http.header(SESSION);
    if (id.isEmpty()) {
      return error(
          BAD,
          message instanceof RpcMessage.Request asked ? asked.id() : RpcId.NOTHING,
          new RpcError(Versions.INVALID_REQUEST, "the header Mcp-Session-Id is missing"));
    }
    Optional<WebSession> session = sessions.find(id.get(), http.caller());
    return session.isEmpty() ? gone() : told(session.get(), message, events);
  }

  private HttpReply stateless(HttpRequest http, RpcMessage.Request request, boolean events) {
    Optional<RpcError> objection =
        WebRules.objection(
            http,
            request,
            name -> server.catalogue().find(Catalogue.Kind.TOOL, name).map(Item::whole));
    if (objection.isPresent()) {
      return error(BAD, request.id(), objection.get());
    }
    return new WebCall(workers, limits.absence(), new WebStream(""), Optional.empty())
        .reply(request.id(), events, line -> StatelessCall.answer(server, request, line));
  }

  private static HttpReply gone() {
    return HttpReply.problem(404, "Not Found", "there is no such session: begin another");
  }

  private HttpReply begun(HttpRequest http, RpcMessage.Request request) {
    Optional<WebSession> begun = sessions.begin(http.caller(), server);
    if (begun.isEmpty()) {
      return error(200, request.id(), new RpcError(RpcError.BUSY, "there are too many sessions"));
    }
    WebSession session = begun.get();
    HttpReply reply = told(session, request, false);
    if (session.conversation().protocol().isEmpty()) {
      sessions.end(session);
      return reply;
    }
    return reply.with(SESSION, session.id());
  }

  private HttpReply told(WebSession session, RpcMessage message, boolean events) {
    return switch (message) {
      case RpcMessage.Request request ->
          new WebCall(workers, limits.absence(), session.stream(), Optional.of(session))
              .reply(request.id(), events, line -> session.conversation().answer(request, line));
      case RpcMessage.Notice(String method, Optional<Node> params) -> {
        session.conversation().notice(method, params);
        yield HttpReply.empty(ACCEPTED);
      }
      case RpcMessage.Result(RpcId id, Node result) -> {
        session.conversation().answered(id, new RpcAnswer.Replied(result));
        yield HttpReply.empty(ACCEPTED);
      }
      case RpcMessage.Failure(RpcId id, RpcError error) -> {
        session.conversation().answered(id, new RpcAnswer.Failed(error));
        yield HttpReply.empty(ACCEPTED);
      }
    };
  }

  /* Only one version had lists of messages. Each is answered on its own, and all as JSON. */
  private HttpReply batch(HttpRequest http, List<RpcMessage> messages) {
    Optional<WebSession> session =
        http.header(SESSION).flatMap(id -> sessions.find(id, http.caller()));
    boolean spoken =
        session
            .flatMap(found -> found.conversation().protocol())
            .filter(Versions.BATCHES::equals)
            .isPresent();
    if (!spoken) {
      return error(
          BAD, RpcId.NOTHING, new RpcError(Versions.INVALID_REQUEST, "send one message at a time"));
    }
    StringBuilder answers = new StringBuilder();
    for (RpcMessage message : messages) {
      HttpReply reply = told(session.orElseThrow(), message, false);
      if (reply.status() != ACCEPTED) {
        answers.append(answers.isEmpty() ? '[' : ',');
        answers.append(new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return answers.isEmpty()
        ? HttpReply.empty(ACCEPTED)
        : HttpReply.json(200, answers.append(']').toString());
  }

  private HttpReply get(HttpRequest http) {
    Optional<String> id = http.header(SESSION);
    if (id.isEmpty() || !WebRules.accepts(http, "text/event-stream")) {
      return HttpReply.problem(
              405, "Method Not Allowed", "a stream of events belongs to a session, accept one")
          .with("Allow", "POST");
    }
    Optional<WebSession> found = sessions.find(id.get(), http.caller());
    if (found.isEmpty()) {
      return gone();
    }
    WebSession session = found.get();
    Optional<String> last = http.header("Last-Event-ID");
    if (last.isPresent()) {
      return resumed(session, last.get());
    }
    return streamed(session.aside(), 0);
  }

  private static HttpReply resumed(WebSession session, String last) {
    int dash = last.indexOf('-');
    Optional<WebStream> stream =
        dash < 1 ? Optional.empty() : session.stream(last.substring(0, dash));
    if (stream.isEmpty()) {
      return HttpReply.problem(BAD, "Bad Request", "there is no such event");
    }
    try {
      return streamed(stream.get(), Long.parseLong(last.substring(dash + 1)));
    } catch (NumberFormatException e) {
      return HttpReply.problem(BAD, "Bad Request", "there is no such event");
    }
  }

  private static HttpReply streamed(WebStream stream, long after) {
    return HttpReply.events(sink -> stream.pour(sink, after, true));
  }

  private HttpReply delete(HttpRequest http) {
    Optional<WebSession> session =
        http.header(SESSION).flatMap(id -> sessions.find(id, http.caller()));
    if (session.isEmpty()) {
      return gone();
    }
    sessions.end(session.get());
    return HttpReply.empty(204);
  }

  /// Interrupts what is worked on, waits up to ten seconds for its end, and ends all sessions.
  @Override
  public void close() {
    workers.end(Workers.PATIENCE);
    sessions.close();
  }
}
