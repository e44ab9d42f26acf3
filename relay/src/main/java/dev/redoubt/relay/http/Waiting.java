// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.server.WebStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One POST of a client that waits for answers. Safe to share.
final class Waiting {

  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  private final WebStream stream;
  private final Set<String> open;
  private final Shape shape;
  private final Optional<Own> own;
  private final List<String> gathered = new ArrayList<>();
  private boolean hasFailed;

  /// How the client takes answers.
  enum Shape {
    /// As events, as they come.
    EVENTS,
    /// As one message.
    MESSAGE,
    /// As one list.
    LIST
  }

  /// What the client calls its request, when the server is told another id.
  ///
  /// @param id as the client wrote it
  /// @param token of progress, as the client wrote it
  record Own(Node id, Optional<Node> token) {
    Own {
      requireNonNull(id, "id");
      requireNonNull(token, "token");
    }
  }

  /// @param keys of the requests that wait
  Waiting(WebStream stream, Set<String> keys, Shape shape, Optional<Own> own) {
    this.stream = requireNonNull(stream, "stream");
    this.open = new LinkedHashSet<>(keys);
    this.shape = requireNonNull(shape, "shape");
    this.own = requireNonNull(own, "own");
  }

  WebStream stream() {
    return stream;
  }

  synchronized List<String> open() {
    return List.copyOf(open);
  }

  boolean takesEvents() {
    return shape == Shape.EVENTS;
  }

  /// Returns whether an error was answered.
  synchronized boolean hasFailed() {
    return hasFailed;
  }

  /// Takes the answer to one of its requests.
  synchronized void answered(String key, Node message, String text) {
    if (!open.remove(key)) {
      return;
    }
    hasFailed |= message.get("error").isPresent();
    String answer = own.isPresent() ? JsonText.of(field(message, "id", own.get().id())) : text;
    if (shape == Shape.LIST) {
      gathered.add(answer);
    } else if (!open.isEmpty()) {
      stream.put(answer);
    }
    if (open.isEmpty()) {
      stream.finish(
          Optional.of(shape == Shape.LIST ? "[" + String.join(",", gathered) + "]" : answer));
    }
  }

  /// Ends it with `message`, which answers everything that still waits.
  synchronized void refused(byte[] message) {
    open.clear();
    hasFailed = true;
    stream.finish(Optional.of(new String(message, java.nio.charset.StandardCharsets.UTF_8)));
  }

  /// Returns a notification as the client knows it.
  String told(Node message, String text) {
    if (own.isEmpty()) {
      return text;
    }
    Node params = message.get("params").orElse(new Node.Obj(Map.of(), 1));
    Node known = params;
    if (params.get("progressToken").isPresent() && own.get().token().isPresent()) {
      known = field(params, "progressToken", own.get().token().get());
    }
    Optional<Node> meta = params.get("_meta");
    if (meta.flatMap(given -> given.get(SUBSCRIPTION)).isPresent()) {
      known = field(known, "_meta", field(meta.orElseThrow(), SUBSCRIPTION, own.get().id()));
    }
    return known.equals(params) ? text : JsonText.of(field(message, "params", known));
  }

  private static Node field(Node object, String name, Node value) {
    Map<String, Node> fields = new LinkedHashMap<>(object.fields());
    fields.put(name, value);
    return new Node.Obj(fields, 1);
  }
}
