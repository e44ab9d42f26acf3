// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcHandler.Answer;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session with one client, from its `initialize` on. Safe to share.
final class Conversation implements Catalogue.Listener, AutoCloseable {

  private static final int MOST_SUBSCRIPTIONS = 1_000;

  private final McpServer server;
  private final Consumer<RpcMessage.Notice> aside;
  private final Asks asks = new Asks();
  private final Map<RpcId, Thread> working = new ConcurrentHashMap<>();
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Caller caller;
  private volatile boolean live;

  /// @param aside takes what belongs to no request; must not wait
  Conversation(McpServer server, Consumer<RpcMessage.Notice> aside) {
    this.server = requireNonNull(server, "server");
    this.aside = requireNonNull(aside, "aside");
    server.catalogue().listen(this);
  }

  Asks asks() {
    return asks;
  }

  /// Returns the version that is spoken; empty before `initialize`.
  Optional<String> protocol() {
    Caller known = caller;
    return known == null ? Optional.empty() : Optional.of(known.protocol());
  }

  /// Works on a request until it is answered, or taken back.
  Answer answer(RpcMessage.Request request, Line line) throws InterruptedException {
    if (working.putIfAbsent(request.id(), Thread.currentThread()) != null) {
      return McpServer.refused(Versions.INVALID_REQUEST, "a request of that id is worked on");
    }
    try {
      return answer(request.method(), request.params().orElse(Tree.empty()), line);
    } finally {
      working.remove(request.id());
    }
  }

  private Answer answer(String method, Node params, Line line) throws InterruptedException {
    Caller known = caller;
    if (method.equals("ping")) {
      return new Answer.Gives(Tree.empty());
    }
    if (method.equals("initialize")) {
      return known == null
          ? initialized(params)
          : McpServer.refused(Versions.INVALID_REQUEST, "that was done");
    }
    if (known == null) {
      return McpServer.refused(Versions.INVALID_REQUEST, "begin with initialize");
    }
    return switch (method) {
      case "logging/setLevel" -> level(params, known);
      case "resources/subscribe" -> subscribed(params);
      case "resources/unsubscribe" -> {
        params.text("uri").ifPresent(subscribed::remove);
        yield new Answer.Gives(Tree.empty());
      }
      default -> server.answer(method, params, known, line);
    };
  }

  private Answer initialized(Node params) {
    String wanted = params.text("protocolVersion").orElse("");
    Caller met =
        new Caller(
            Versions.SESSIONS.contains(wanted) ? wanted : Versions.SESSION,
            params.get("capabilities").orElse(Tree.empty()),
            Optional.of(LogLevel.INFO));
    caller = met;
    return new Answer.Gives(server.greeting(met));
  }

  private Answer level(Node params, Caller known) {
    Optional<LogLevel> level = params.text("level").flatMap(LogLevel::of);
    if (level.isEmpty()) {
      return McpServer.refused(Versions.INVALID_PARAMS, "there is no such level");
    }
    caller = new Caller(known.protocol(), known.capabilities(), level);
    return new Answer.Gives(Tree.empty());
  }

  private Answer subscribed(Node params) {
    Optional<String> uri = params.text("uri");
    if (uri.isEmpty() || !server.catalogue().offers("resources")) {
      return McpServer.refused(Versions.INVALID_PARAMS, "there is no such resource");
    }
    if (subscribed.size() >= MOST_SUBSCRIPTIONS) {
      return McpServer.refused(RpcError.BUSY, "these are too many subscriptions");
    }
    subscribed.add(uri.get());
    return new Answer.Gives(Tree.empty());
  }

  /// Takes a notice of the client.
  void notice(String method, Optional<Node> params) {
    switch (method) {
      case "notifications/initialized" -> live = true;
      case "notifications/cancelled" ->
          params
              .flatMap(given -> given.get("requestId"))
              .flatMap(RpcId::of)
              .flatMap(id -> Optional.ofNullable(working.get(id)))
              .ifPresent(Thread::interrupt);
      default -> {
        // Progress of what was asked, roots that changed: nobody here waits for them.
      }
    }
  }

  /// Takes an answer of the client.
  void answered(RpcId id, RpcAnswer answer) {
    asks.answered(id, answer);
  }

  @Override
  public void changed(Catalogue.Kind kind) {
    if (live) {
      aside.accept(
          new RpcMessage.Notice(
              "notifications/%s/list_changed".formatted(kind.capability()), Optional.empty()));
    }
  }

  @Override
  public void updated(String uri) {
    if (live && subscribed.contains(uri)) {
      aside.accept(
          new RpcMessage.Notice(
              "notifications/resources/updated", Optional.of(new Tree().and("uri", uri).object())));
    }
  }

  /// Interrupts who works on its requests.
  void stop() {
    working.values().forEach(Thread::interrupt);
  }

  /// Forgets the client; whoever works for it works on.
  @Override
  public void close() {
    server.catalogue().forget(this);
    asks.lose();
  }
}
