// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcCall;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcPeer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out how a server is spoken to.
///
/// It is asked `server/discover`, as the stateless era has it. Whatever it answers but its
/// versions, it is of the era before and greeted with `initialize`; so is one that says nothing for
/// a while, whose late answer still counts.
final class Greeting {

  private static final String META = "io.modelcontextprotocol/";

  private final RpcPeer peer;
  private final ClientSettings settings;
  private final long start = System.nanoTime();

  Greeting(RpcPeer peer, ClientSettings settings) {
    this.peer = requireNonNull(peer, "peer");
    this.settings = requireNonNull(settings, "settings");
  }

  /// A server whose era is known.
  ///
  /// @param meta what every request carries; nothing in a session
  record Met(ServerSelf self, Node.Obj capabilities, Map<String, Node> meta) {

    boolean has(String capability) {
      return capabilities.get(capability).isPresent();
    }

    Node with(Node.Obj params) {
      return meta.isEmpty()
          ? params
          : new Fields().all(params.fields()).and("_meta", new Node.Obj(meta, 1)).object();
    }

    Node with(Node.Obj params, RpcId id) {
      Node.Obj marked =
          new Fields().all(meta).and("progressToken", new Node.Num(id.json(), 1)).object();
      return new Fields().all(params.fields()).and("_meta", marked).object();
    }
  }

  Met meet() throws McpException, InterruptedException {
    return switch (settings.approach()) {
      case FIND_OUT -> find();
      case SESSION -> session();
      case STATELESS -> {
        RpcAnswer answer = again(discover().await(left(), left()));
        Optional<Met> met = stateless(answer);
        if (met.isEmpty()) {
          result(answer, "server/discover");
          throw new McpException("does not speak %s".formatted(Era.LATEST));
        }
        yield met.get();
      }
    };
  }

  private RpcCall discover() {
    Node.Obj params = new Fields().and("_meta", meta()).object();
    return peer.ask("server/discover", Optional.of(params));
  }

  /* A server may refuse the version of a request and name the very same: it is asked once more. */
  private RpcAnswer again(RpcAnswer answer) throws InterruptedException {
    return answer instanceof RpcAnswer.Failed(RpcError error)
            && error.code() == RpcError.VERSION
            && error
                .data()
                .map(data -> texts(data, "supported"))
                .orElse(List.of())
                .contains(Era.LATEST)
        ? discover().await(left(), left())
        : answer;
  }

  private Met session() throws McpException, InterruptedException {
    Met met = session(result(initialize().await(left(), left()), "initialize"));
    peer.tell("notifications/initialized", Optional.empty());
    return met;
  }

  private Met find() throws McpException, InterruptedException {
    RpcCall discovery = discover();
    Optional<RpcAnswer> answer = discovery.within(shorter(settings.probe()));
    if (answer.isPresent()) {
      answer = Optional.of(again(answer.get()));
    }
    Optional<Met> stateless = answer.flatMap(this::stateless);
    if (stateless.isPresent()) {
      return stateless.get();
    }
    if (answer.isPresent() && answer.get() instanceof RpcAnswer.Failed(RpcError error)) {
      if (error.code() == RpcError.NO_WAY) {
        throw new McpException(error.message());
      }
      refuseUnlessOlder(error);
    }
    RpcAnswer greeted = initialize().await(left(), left());
    if (answer.isEmpty()) {
      Optional<Met> late = discovery.within(Duration.ZERO).flatMap(this::stateless);
      if (late.isPresent()) {
        return late.get();
      }
    }
    Met met = session(result(greeted, "initialize"));
    peer.tell("notifications/initialized", Optional.empty());
    return met;
  }

  private Duration left() {
    Duration passed = Duration.ofNanos(System.nanoTime() - start);
    Duration left = settings.start().minus(passed);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Duration shorter(Duration wanted) {
    return wanted.compareTo(settings.start()) < 0 ? wanted : settings.start();
  }

  private Node.Obj meta() {
    return new Fields()
        .and(META + "protocolVersion", Era.LATEST)
        .and(META + "clientCapabilities", settings.capabilities())
        .and(META + "clientInfo", self())
        .object();
  }

  private Node.Obj self() {
    return new Fields().and("name", "redoubt").and("version", settings.version()).object();
  }

  private Optional<Met> stateless(RpcAnswer answer) {
    if (!(answer instanceof RpcAnswer.Replied(Node result))
        || !texts(result, "supportedVersions").contains(Era.LATEST)) {
      return Optional.empty();
    }
    Node who =
        result
            .get("_meta")
            .flatMap(meta -> meta.get(META + "serverInfo"))
            .or(() -> result.get("serverInfo"))
            .orElse(new Fields().object());
    return Optional.of(
        new Met(
            self(result, who, Era.LATEST, Era.STATELESS), capabilities(result), meta().fields()));
  }

  /* It speaks of versions, and not of one that is spoken here. */
  private static void refuseUnlessOlder(RpcError error) throws McpException {
    List<String> supported = error.data().map(data -> texts(data, "supported")).orElse(List.of());
    if (!supported.isEmpty() && supported.stream().noneMatch(Era.SESSIONS::contains)) {
      throw new McpException(
          "speaks only %s, and neither %s nor %s"
              .formatted(String.join(", ", supported), Era.LATEST, Era.LATEST_SESSION));
    }
  }

  private RpcCall initialize() {
    return peer.ask(
        "initialize",
        Optional.of(
            new Fields()
                .and("protocolVersion", Era.LATEST_SESSION)
                .and("capabilities", settings.capabilities())
                .and("clientInfo", self())
                .object()));
  }

  private static Met session(Node result) throws McpException {
    String version = result.text("protocolVersion").orElse("");
    if (!Era.SESSIONS.contains(version)) {
      throw new McpException(
          "wants to speak \"%s\", and %s is spoken here".formatted(version, Era.LATEST_SESSION));
    }
    Node who = result.get("serverInfo").orElse(new Fields().object());
    return new Met(self(result, who, version, Era.SESSION), capabilities(result), Map.of());
  }

  private static ServerSelf self(Node result, Node who, String version, Era era) {
    return new ServerSelf(
        who.text("name").orElse(""),
        who.text("version").orElse(""),
        version,
        era,
        result.text("instructions").orElse(""));
  }

  private static Node.Obj capabilities(Node result) {
    return new Node.Obj(result.fields("capabilities"), 1);
  }

  private static List<String> texts(Node node, String key) {
    return node.items(key).stream().flatMap(item -> item.scalar().stream()).toList();
  }

  /// Returns the result of a request that cannot be done without.
  static Node result(RpcAnswer answer, String method) throws McpException {
    return switch (answer) {
      case RpcAnswer.Replied(Node result) -> result;
      case RpcAnswer.Failed(RpcError error)
          when error.code() == RpcError.NO_WAY || error.code() == RpcError.UNREACHED ->
          throw new McpException(error.message());
      case RpcAnswer.Failed(RpcError error) ->
          throw new McpException("answered %s with \"%s\"".formatted(method, error.message()));
      case RpcAnswer.Late(Duration waited) ->
          throw new McpException(
              "did not answer %s within %d s".formatted(method, waited.toSeconds()));
      case RpcAnswer.Lost(String reason) -> throw new McpException(reason);
    };
  }
}
