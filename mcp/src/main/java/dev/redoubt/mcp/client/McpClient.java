// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.http.ToolHeaders;
import dev.redoubt.mcp.rpc.PeerSettings;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcPeer;
import dev.redoubt.mcp.rpc.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A connection to one MCP server.
///
/// Whatever the server does, each question ends in the time that was given for it. Safe to share.
public final class McpClient implements AutoCloseable {

  private final RpcPeer peer;
  private final ServerRequests requests;
  private final Transport transport;
  private final Greeting.Met met;
  private final Pages pages;
  private final Rounds rounds;
  private volatile List<String> unusable = List.of();
  /* The tools that are called as tasks. */
  private volatile Set<String> tasks = Set.of();

  private McpClient(
      RpcPeer peer,
      ServerRequests requests,
      Transport transport,
      Greeting.Met met,
      Duration patience) {
    this.peer = peer;
    this.requests = requests;
    this.transport = transport;
    this.met = met;
    this.pages = new Pages(peer, met, patience);
    this.rounds = new Rounds(peer, requests, met);
  }

  /// Returns a connection to the server behind `transport`, which is closed with it, and when there
  /// is none.
  ///
  /// @throws McpException if it does not answer as a server does, or not in time
  public static McpClient connect(Transport transport, ClientSettings settings)
      throws McpException, InterruptedException {
    ServerRequests requests = new ServerRequests(settings);
    RpcPeer peer = RpcPeer.start(transport, requests, PeerSettings.usual(McpClient::cancelled));
    requests.belongTo(peer);
    boolean met = false;
    try {
      McpClient client =
          new McpClient(
              peer, requests, transport, new Greeting(peer, settings).meet(), settings.start());
      client.listen();
      met = true;
      return client;
    } finally {
      if (!met) {
        peer.close();
      }
    }
  }

  /* A server without sessions tells of changes only to those who listen. Over HTTP that would be a
   * stream of its own, so there tools are compared when the server is met. The answer comes when
   * the server stops telling, and nobody waits for it. */
  private void listen() {
    boolean tells =
        met.capabilities().get("tools").map(tools -> tools.isTrue("listChanged")).orElse(false);
    if (tells && met.self().era() == Era.STATELESS && !transport.mirrorsArguments()) {
      Node.Obj wanted = new Fields().and("toolsListChanged", new Node.Bool(true, 1)).object();
      peer.ask(
          "subscriptions/listen",
          Optional.of(met.with(new Fields().and("notifications", wanted).object())));
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

  /// Returns whether the server said that it has `what`: `resources` for example.
  public boolean offers(String what) {
    return met.has(what);
  }

  /// Returns why the connection is gone; empty while it is there.
  public Optional<String> lost() {
    return peer.lost();
  }

  /// Returns whether the server said since the last question that its tools changed.
  public boolean takeChange() {
    return requests.takeToolChange();
  }

  /// Returns what the server said since the last question that it has changed: some of `tools`,
  /// `resources` and `prompts`.
  public Set<String> takeChanges() {
    return requests.takeChanges();
  }

  /// Returns all tools of the server, in its order. One that cannot be called over this connection
  /// is left out, see [#unusable()].
  ///
  /// @throws McpException if it does not tell them in the time a start may take, tells two of one
  ///   name, does not come to an end, or has over 2,000 tools or 16 million characters about them
  public List<ToolDescriptor> tools() throws McpException, InterruptedException {
    List<ToolDescriptor> tools = new ArrayList<>();
    if (!met.has("tools")) {
      return tools;
    }
    Set<String> names = new HashSet<>();
    List<String> left = new ArrayList<>();
    Set<String> asTasks = new HashSet<>();
    for (Node tool : pages.all("tools/list", "tools")) {
      ToolDescriptor descriptor = descriptor(tool);
      if (!names.add(descriptor.name())) {
        throw new McpException("has two tools called \"%s\"".formatted(descriptor.name()));
      }
      String objection = transport.mirrorsArguments() ? ToolHeaders.of(tool).objection() : "";
      if (objection.isEmpty()) {
        tools.add(descriptor);
        if (TaskCall.isOffered(met) && TaskCall.isWantedBy(tool)) {
          asTasks.add(descriptor.name());
        }
      } else {
        left.add("%s %s".formatted(descriptor.name(), objection));
      }
    }
    unusable = List.copyOf(left);
    tasks = Set.copyOf(asTasks);
    return tools;
  }

  /// Returns which tools were left out when they were told last, and why: one line each.
  public List<String> unusable() {
    return unusable;
  }

  private static ToolDescriptor descriptor(Node tool) throws McpException {
    Optional<String> name = tool.text("name").filter(given -> !given.isBlank());
    if (name.isEmpty() || !(tool instanceof Node.Obj whole)) {
      throw new McpException("has a tool without a name");
    }
    return new ToolDescriptor(name.get(), whole);
  }

  /// Returns all resources of the server, as it tells them; none when it has none.
  ///
  /// @throws McpException as [#tools()]
  public List<Node> resources() throws McpException, InterruptedException {
    return met.has("resources") ? pages.all("resources/list", "resources") : List.of();
  }

  /// Returns all patterns of resources of the server, as it tells them; none when it has none.
  ///
  /// @throws McpException as [#tools()]
  public List<Node> resourceTemplates() throws McpException, InterruptedException {
    return met.has("resources")
        ? pages.all("resources/templates/list", "resourceTemplates")
        : List.of();
  }

  /// Returns all prompts of the server, as it tells them; none when it has none.
  ///
  /// @throws McpException as [#tools()]
  public List<Node> prompts() throws McpException, InterruptedException {
    return met.has("prompts") ? pages.all("prompts/list", "prompts") : List.of();
  }

  /// Calls a tool; as a task when the server said of it, when it told its tools last, that it takes
  /// it so. After an interrupt the server is told that nobody waits any more.
  ///
  /// @param idle how long nothing may be heard of the call
  /// @param most how long it may take in all, the time of a person included
  public CallAnswer call(String tool, Node.Obj arguments, Duration idle, Duration most)
      throws InterruptedException {
    requireNonNull(tool, "tool");
    Node.Obj params = new Fields().and("name", tool).and("arguments", arguments).object();
    Rounds.Patience patience = new Rounds.Patience(idle, most);
    return tasks.contains(tool)
        ? new TaskCall(peer, met, patience).ask(params)
        : CallAnswer.of(rounds.ask("tools/call", params, patience));
  }

  /// Reads the resource `uri`. The answer is as for a call of a tool, but for what is in it.
  public CallAnswer read(String uri, Duration idle, Duration most) throws InterruptedException {
    Node.Obj params = new Fields().and("uri", uri).object();
    return CallAnswer.of(rounds.ask("resources/read", params, new Rounds.Patience(idle, most)));
  }

  /// Gets the prompt `name`. The answer is as for a call of a tool, but for what is in it.
  ///
  /// @param arguments each a text
  public CallAnswer prompt(String name, Node.Obj arguments, Duration idle, Duration most)
      throws InterruptedException {
    Node.Obj params = new Fields().and("name", name).and("arguments", arguments).object();
    return CallAnswer.of(rounds.ask("prompts/get", params, new Rounds.Patience(idle, most)));
  }

  @Override
  public void close() {
    peer.close();
  }
}
