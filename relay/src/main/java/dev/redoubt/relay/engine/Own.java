// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcText;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The questions of the relay itself to the server. Safe to share.
final class Own {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String META = "io.modelcontextprotocol/";

  private final Sender server;
  private final String prefix = "redoubt-%s-".formatted(UUID.randomUUID());
  private final AtomicLong next = new AtomicLong();
  private final Map<RpcId, CompletableFuture<RpcAnswer>> waiting = new ConcurrentHashMap<>();
  private volatile @Nullable CompletableFuture<Void> greeting;
  private volatile Map<String, Node> meta = Map.of();
  private volatile @Nullable String lost;

  Own(Sender server) {
    this.server = requireNonNull(server, "server");
  }

  /// A session is being opened: nothing may be asked before it is.
  void greeting() {
    if (greeting == null) {
      greeting = new CompletableFuture<>();
    }
  }

  void greeted() {
    CompletableFuture<Void> due = greeting;
    if (due != null) {
      due.complete(null);
    }
  }

  /// Takes note of what requests of the agent say of the protocol.
  void spoken(Optional<Node> params) {
    Map<String, Node> said = new LinkedHashMap<>();
    params.stream()
        .flatMap(given -> given.fields("_meta").entrySet().stream())
        .filter(field -> field.getKey().startsWith(META))
        .forEach(field -> said.put(field.getKey(), field.getValue()));
    if (!said.isEmpty()) {
      meta = said;
    }
  }

  /// Returns whether `id` is one of the relay's own, whose answer the agent never sees.
  boolean takes(RpcId id, RpcAnswer answer) {
    CompletableFuture<RpcAnswer> due = waiting.remove(id);
    if (due != null) {
      due.complete(answer);
    }
    return due != null || id.json().startsWith("\"" + prefix);
  }

  void lose(String reason) {
    lost = reason;
    waiting.values().forEach(due -> due.complete(new RpcAnswer.Lost(reason)));
    greeted();
  }

  RpcAnswer ask(String method, Node.Obj params) throws InterruptedException {
    try {
      CompletableFuture<Void> due = greeting;
      if (due != null) {
        due.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      return sent(method, params).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return new RpcAnswer.Late(PATIENCE);
    } catch (ExecutionException | IOException e) {
      return new RpcAnswer.Lost("cannot be asked: " + e.getMessage());
    }
  }

  private CompletableFuture<RpcAnswer> sent(String method, Node.Obj params) throws IOException {
    RpcId id = new RpcId("\"%s%d\"".formatted(prefix, next.getAndIncrement()));
    CompletableFuture<RpcAnswer> due = new CompletableFuture<>();
    waiting.put(id, due);
    server.send(RpcText.of(new RpcMessage.Request(id, method, Optional.of(with(params)))));
    String gone = lost;
    if (gone != null) {
      due.complete(new RpcAnswer.Lost(gone));
    }
    return due;
  }

  private Node with(Node.Obj params) {
    if (meta.isEmpty()) {
      return params;
    }
    Map<String, Node> all = new LinkedHashMap<>(params.fields());
    all.put("_meta", new Node.Obj(meta, 1));
    return new Node.Obj(all, 1);
  }
}
