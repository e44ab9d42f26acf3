// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.server.WebStream;
import dev.redoubt.relay.engine.Conversation;
import dev.redoubt.relay.http.GatewaySession.Places;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The way of one client to one server for requests that stand for themselves. The server is told
/// ids and tokens of the gateway's own, so that two requests of one id do not meet. Safe to share.
final class Standing implements Channel.Hearer, AutoCloseable {

  private static final String META = "_meta";
  private static final String TOKEN = "progressToken";
  private static final int MOST_PAGES = 100;

  private final Routes routes;
  private final Channel channel;
  private final int most;
  private final AtomicLong next = new AtomicLong();
  private volatile long used = System.nanoTime();
  private volatile Map<String, Node> tools = Map.of();

  Standing(Upstream.Opened opened, Places places) {
    this.routes = new Routes(places.largest(), places.limits().slow(), Optional.empty());
    this.most = places.limits().requests();
    this.channel = new Channel(opened, this, places.largest());
    channel.start();
  }

  boolean isOver() {
    return channel.isOver();
  }

  boolean isIdle(long nanos) {
    return routes.isIdle() && System.nanoTime() - used > nanos;
  }

  /// Returns the descriptor of a tool, as the server lists it.
  Optional<Node> tool(String name) throws InterruptedException {
    Node known = tools.get(name);
    if (known == null) {
      tools = listed();
      known = tools.get(name);
    }
    return Optional.ofNullable(known);
  }

  private Map<String, Node> listed() throws InterruptedException {
    Map<String, Node> found = new LinkedHashMap<>();
    Map<String, Node> params = Map.of();
    for (int page = 0; page < MOST_PAGES; page++) {
      if (!(channel.ask("tools/list", new Node.Obj(params, 1))
          instanceof RpcAnswer.Replied(Node result))) {
        return found;
      }
      result
          .items("tools")
          .forEach(tool -> tool.text("name").ifPresent(name -> found.put(name, tool)));
      Optional<Node> cursor =
          result.get("nextCursor").filter(given -> !(given instanceof Node.Nothing));
      if (cursor.isEmpty()) {
        return found;
      }
      params = Map.of("cursor", cursor.get());
    }
    return found;
  }

  /// Takes a request to the server.
  ///
  /// @param tree the whole request
  /// @return what waits for its answer; empty when too many do
  Optional<Waiting> take(Node tree, Waiting.Shape shape) throws InterruptedException {
    used = System.nanoTime();
    Node id = new Node.Text("gateway-" + next.incrementAndGet(), 1);
    Optional<Node> params = tree.get("params");
    Optional<Node> token =
        params.flatMap(given -> given.get(META)).flatMap(meta -> meta.get(TOKEN));
    String key = Conversation.key(RpcId.of(id).orElseThrow());
    Waiting waiting =
        new Waiting(
            new WebStream(""),
            Set.of(key),
            shape,
            Optional.of(new Waiting.Own(tree.get("id").orElseThrow(), token)));
    Map<String, String> progress = token.isPresent() ? Map.of(key, JsonText.of(id)) : Map.of();
    if (!routes.add(waiting, progress, most)) {
      return Optional.empty();
    }
    Map<String, Node> fields = new LinkedHashMap<>(tree.fields());
    fields.put("id", id);
    if (token.isPresent()) {
      Map<String, Node> meta = new LinkedHashMap<>(params.orElseThrow().fields(META));
      meta.put(TOKEN, id);
      Map<String, Node> told = new LinkedHashMap<>(params.orElseThrow().fields());
      told.put(META, new Node.Obj(meta, 1));
      fields.put("params", new Node.Obj(told, 1));
    }
    Optional<byte[]> back = channel.take(JsonText.of(new Node.Obj(fields, 1)).getBytes(UTF_8));
    if (back.isPresent()) {
      routes.heard(back.get());
    }
    return Optional.of(waiting);
  }

  /// Takes back what nobody waits for any more.
  void drop(Waiting waiting) {
    for (String key : routes.forget(waiting)) {
      String notice =
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%s}}"
              .formatted(key);
      try {
        channel.take(notice.getBytes(UTF_8));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    waiting.stream().finish(Optional.empty());
  }

  @Override
  public void heard(byte[] message) throws InterruptedException {
    used = System.nanoTime();
    routes.heard(message);
  }

  @Override
  public void ended() {
    // Everybody who waited has been told, and the next request opens another way.
  }

  @Override
  public void close() {
    channel.close();
  }
}
