// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.PeerSettings;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcPeer;
import dev.redoubt.mcp.rpc.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A connection to one MCP server.
///
/// Whatever the server does, each question ends in the time that was given for it. Safe to share.
public final class McpClient implements AutoCloseable {

  private static final int MOST_PAGES = 200;
  private static final int MOST_TOOLS = 2_000;
  private static final int MOST_TEXT = 16 << 20;

  private final RpcPeer peer;
  private final ServerRequests requests;
  private final ClientSettings settings;
  private final Greeting.Met met;

  private McpClient(
      RpcPeer peer, ServerRequests requests, ClientSettings settings, Greeting.Met met) {
    this.peer = peer;
    this.requests = requests;
    this.settings = settings;
    this.met = met;
  }

  /// Returns a connection to the server behind `transport`, which is closed with it, and when there
  /// is none.
  ///
  /// @throws McpException if it does not answer as a server does, or not in time
  public static McpClient connect(Transport transport, ClientSettings settings)
      throws McpException, InterruptedException {
    ServerRequests requests = new ServerRequests(settings.roots());
    RpcPeer peer = RpcPeer.start(transport, requests, PeerSettings.usual(McpClient::cancelled));
    requests.belongTo(peer);
    boolean met = false;
    try {
      McpClient client =
          new McpClient(peer, requests, settings, new Greeting(peer, settings).meet());
      met = true;
      return client;
    } finally {
      if (!met) {
        peer.close();
      }
    }
  }

  private static Optional<RpcMessage.Notice> cancelled(RpcId id) {
    return Optional.of(
        new RpcMessage.Notice(
            "notifications/cancelled",
            Optional.of(
                new Fields()
                    .and("requestId", new Node.Num(id.json(), 1))
                    .and("reason", "nobody waits for it any more")
                    .object())));
  }

  /// Returns what the server says of itself.
  public ServerSelf server() {
    return met.self();
  }

  /// Returns why the connection is gone; empty while it is there.
  public Optional<String> lost() {
    return peer.lost();
  }

  /// Returns whether the server said since the last question that its tools changed.
  public boolean takeChange() {
    return requests.takeChange();
  }

  /// Returns all tools of the server, in its order.
  ///
  /// @throws McpException if it does not tell them in the time a start may take, tells two of one
  ///   name, does not come to an end, or has over 2,000 tools or 16 million characters about them
  public List<ToolDescriptor> tools() throws McpException, InterruptedException {
    List<ToolDescriptor> tools = new ArrayList<>();
    if (!met.hasTools()) {
      return tools;
    }
    Set<String> names = new HashSet<>();
    Optional<String> cursor = Optional.empty();
    long end = System.nanoTime() + settings.start().toNanos();
    long size = 0;
    for (int page = 0; page < MOST_PAGES; page++) {
      Fields params = new Fields();
      cursor.ifPresent(at -> params.and("cursor", at));
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      Node result =
          Greeting.result(
              peer.ask("tools/list", Optional.of(met.with(params.object()))).await(left, left),
              "tools/list");
      for (Node tool : result.items("tools")) {
        ToolDescriptor descriptor = descriptor(tool);
        size += JsonText.of(tool).length();
        if (size > MOST_TEXT) {
          throw new McpException(
              "describes its tools with more than %d MB".formatted(MOST_TEXT >> 20));
        }
        if (!names.add(descriptor.name())) {
          throw new McpException("has two tools called \"%s\"".formatted(descriptor.name()));
        }
        tools.add(descriptor);
      }
      if (tools.size() > MOST_TOOLS) {
        throw new McpException("has more than %d tools".formatted(MOST_TOOLS));
      }
      cursor = result.text("nextCursor").filter(next -> !next.isEmpty());
      if (cursor.isEmpty()) {
        return tools;
      }
    }
    throw new McpException("does not come to an end with its tools");
  }

  private static ToolDescriptor descriptor(Node tool) throws McpException {
    Optional<String> name = tool.text("name").filter(given -> !given.isBlank());
    if (name.isEmpty() || !(tool instanceof Node.Obj whole)) {
      throw new McpException("has a tool without a name");
    }
    return new ToolDescriptor(name.get(), whole);
  }

  /// Calls a tool. After an interrupt the server is told that nobody waits any more.
  ///
  /// @param idle how long nothing may be heard of the call
  /// @param most how long it may take in all
  public CallAnswer call(String tool, Node.Obj arguments, Duration idle, Duration most)
      throws InterruptedException {
    requireNonNull(tool, "tool");
    Node.Obj params = new Fields().and("name", tool).and("arguments", arguments).object();
    RpcAnswer answer =
        peer.ask("tools/call", id -> Optional.of(met.with(params, id))).await(idle, most);
    return switch (answer) {
      case RpcAnswer.Replied(Node result) -> came(result);
      case RpcAnswer.Failed(RpcError error) -> new CallAnswer.Refused(error);
      case RpcAnswer.Late(Duration waited) ->
          new CallAnswer.Broken("did not answer within %d s".formatted(waited.toSeconds()));
      case RpcAnswer.Lost(String reason) -> new CallAnswer.Broken(reason);
    };
  }

  private static CallAnswer came(Node result) {
    if (!(result instanceof Node.Obj object)) {
      return new CallAnswer.Broken("answered with something that is no result");
    }
    String kind = object.text("resultType").orElse("complete");
    if (kind.equals("complete")) {
      return new CallAnswer.Came(object);
    }
    List<String> wanted = new ArrayList<>();
    for (Map.Entry<String, Node> request : object.fields("inputRequests").entrySet()) {
      wanted.add(request.getValue().text("method").orElse("something"));
    }
    return new CallAnswer.Broken(
        kind.equals("input_required")
            ? "wants an answer of a person or a model first (%s), and nobody is there to give one"
                .formatted(String.join(", ", wanted))
            : "answered with a kind of result that is not known: %s".formatted(kind));
  }

  @Override
  public void close() {
    peer.close();
  }
}
