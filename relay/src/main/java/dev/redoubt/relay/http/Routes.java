// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.Envelope;
import dev.redoubt.mcp.rpc.RpcFormatException;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcReader;
import dev.redoubt.mcp.server.WebStream;
import dev.redoubt.relay.engine.Conversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes what one server says to the request of the client it belongs to. Safe to share.
///
/// An answer goes to whoever asked, progress to whoever gave its token, a change to whoever listens
/// for it. What belongs to no request goes beside them all, in a session; where requests stand for
/// themselves it goes to the only one that waits, and nowhere when that is not clear.
final class Routes {

  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  private final RpcReader reader;
  private final Duration slow;
  private final Optional<WebStream> aside;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Map<String, String> tokens = new LinkedHashMap<>();

  /// @param slow how long a client may let unread what it is told
  /// @param aside what the client of a session reads beside its requests
  Routes(int largest, Duration slow, Optional<WebStream> aside) {
    this.reader = new RpcReader(largest);
    this.slow = requireNonNull(slow, "slow");
    this.aside = requireNonNull(aside, "aside");
  }

  /// Adds a POST that waits, if no other waits under one of its keys and there are fewer than
  /// `most`.
  ///
  /// @param progress the token of progress of each key that has one, as JSON
  synchronized boolean add(Waiting added, Map<String, String> progress, int most) {
    if (waiting.size() + added.open().size() > most
        || added.open().stream().anyMatch(waiting::containsKey)) {
      return false;
    }
    added.open().forEach(key -> waiting.put(key, added));
    progress.forEach((key, token) -> tokens.put(token, key));
    return true;
  }

  /// Forgets a POST nobody waits for any more, and returns the keys it still waited under.
  synchronized List<String> forget(Waiting gone) {
    List<String> keys = new ArrayList<>();
    waiting
        .entrySet()
        .removeIf(entry -> {
          boolean its = entry.getValue() == gone;
          if (its) {
            keys.add(entry.getKey());
          }
          return its;
        });
    tokens.values().removeAll(keys);
    return keys;
  }

  synchronized boolean isIdle() {
    return waiting.isEmpty();
  }

  /// Takes what passed.
  void heard(byte[] bytes) throws InterruptedException {
    Envelope envelope;
    try {
      envelope = reader.read(bytes);
    } catch (RpcFormatException e) {
      return; // What was judged can be read, unless a filter made it too large.
    }
    for (int i = 0; i < envelope.messages().size(); i++) {
      boolean single = envelope.kind() == Envelope.Kind.SINGLE;
      Node tree = single ? envelope.tree() : envelope.tree().items().get(i);
      heard(
          envelope.messages().get(i), tree, single ? new String(bytes, UTF_8) : JsonText.of(tree));
    }
  }

  private void heard(RpcMessage message, Node tree, String text) throws InterruptedException {
    switch (message) {
      case RpcMessage.Result(RpcId id, var _) -> answered(id, tree, text);
      case RpcMessage.Failure(RpcId id, var _) -> answered(id, tree, text);
      case RpcMessage.Request _ -> {
        // Whose request makes the server ask is not said, and all are of one client.
        if (aside.isPresent()) {
          tell(newest(), tree, text);
        }
      }
      case RpcMessage.Notice(String method, Optional<Node> params) ->
          told(method, params, tree, text);
    }
  }

  private void answered(RpcId id, Node tree, String text) {
    String key = Conversation.key(id);
    Waiting whose;
    synchronized (this) {
      whose = waiting.remove(key);
      tokens.values().remove(key);
    }
    if (whose != null) {
      whose.answered(key, tree, text);
    }
  }

  private void told(String method, Optional<Node> params, Node tree, String text)
      throws InterruptedException {
    Optional<Node> token =
        method.equals("notifications/progress")
            ? params.flatMap(given -> given.get("progressToken"))
            : Optional.empty();
    Optional<RpcId> listener =
        params
            .flatMap(given -> given.get("_meta"))
            .flatMap(meta -> meta.get(SUBSCRIPTION))
            .flatMap(RpcId::of);
    if (token.isPresent()) {
      Optional<Waiting> whose = byToken(JsonText.of(token.get()));
      if (whose.isPresent() || aside.isEmpty()) {
        tellOnly(whose, tree, text);
        return;
      }
    }
    if (listener.isPresent()) {
      tellOnly(byKey(Conversation.key(listener.get())), tree, text);
    } else if (aside.isPresent()) {
      tell(newest(), tree, text);
    } else {
      tellOnly(only(), tree, text);
    }
  }

  private synchronized Optional<Waiting> byToken(String token) {
    return Optional.ofNullable(tokens.get(token)).map(waiting::get);
  }

  private synchronized Optional<Waiting> byKey(String key) {
    return Optional.ofNullable(waiting.get(key));
  }

  private synchronized Optional<Waiting> newest() {
    Optional<Waiting> newest = Optional.empty();
    for (Waiting each : waiting.values()) {
      newest = each.takesEvents() ? Optional.of(each) : newest;
    }
    return newest;
  }

  private synchronized Optional<Waiting> only() {
    List<Waiting> all = waiting.values().stream().distinct().limit(2).toList();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private void tell(Optional<Waiting> whose, Node tree, String text) throws InterruptedException {
    if (whose.isPresent()) {
      tellOnly(whose, tree, text);
    } else {
      aside.ifPresent(stream -> stream.offer(text));
    }
  }

  /* A client that does not read loses what it waits for, and holds up nobody for longer. */
  private void tellOnly(Optional<Waiting> whose, Node tree, String text)
      throws InterruptedException {
    if (whose.isPresent()
        && whose.get().takesEvents()
        && !whose.get().stream().append(whose.get().told(tree, text), slow)) {
      whose.get().stream().finish(Optional.empty());
      forget(whose.get());
    }
  }
}
