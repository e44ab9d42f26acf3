// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcHandler.Answer;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers what MCP lets a client ask for, from a catalogue.
///
/// The same code serves both eras: what it wants of a client is asked back within the request, or
/// told as what is still missing, as the era has it. Safe to share.
public final class McpServer {

  private static final System.Logger LOG = System.getLogger(McpServer.class.getName());
  private static final int PAGE = 100;
  private static final int MOST_ROUNDS = 20;

  private final ServerName self;
  private final Catalogue catalogue;
  private final StateSeal seal = new StateSeal();

  /// What a server says of itself.
  ///
  /// @param instructions what models should know; may be empty
  public record ServerName(String name, String version, String instructions) {
    public ServerName {
      requireNonNull(name, "name");
      requireNonNull(version, "version");
      requireNonNull(instructions, "instructions");
    }
  }

  /// A server that offers what is in `catalogue`.
  public McpServer(ServerName self, Catalogue catalogue) {
    this.self = requireNonNull(self, "self");
    this.catalogue = requireNonNull(catalogue, "catalogue");
  }

  Catalogue catalogue() {
    return catalogue;
  }

  /// Returns the answer to a request of either era that is no matter of a session.
  Answer answer(String method, Node params, Caller caller, Line line) throws InterruptedException {
    Answer answer =
        switch (method) {
          case "tools/list" -> listed(Catalogue.Kind.TOOL, "tools", params);
          case "resources/list" -> listed(Catalogue.Kind.RESOURCE, "resources", params);
          case "resources/templates/list" ->
              listed(Catalogue.Kind.TEMPLATE, "resourceTemplates", params);
          case "prompts/list" -> listed(Catalogue.Kind.PROMPT, "prompts", params);
          case "tools/call" -> named(Catalogue.Kind.TOOL, method, params, caller, line);
          case "prompts/get" -> named(Catalogue.Kind.PROMPT, method, params, caller, line);
          case "resources/read" -> read(params, caller, line);
          case "completion/complete" -> {
            Optional<ServerCode> code = catalogue.completion();
            yield code.isEmpty() ? noMethod() : run(method, code.get(), params, caller, line);
          }
          case "server/discover" -> caller.isStateless() ? discovered(caller) : noMethod();
          default -> noMethod();
        };
    return caller.isStateless() ? dressed(method, answer) : answer;
  }

  static Answer noMethod() {
    return refused(RpcError.NO_METHOD, "there is no such method");
  }

  static Answer refused(long code, String words) {
    return new Answer.Refuses(new RpcError(code, words));
  }

  private Answer listed(Catalogue.Kind kind, String field, Node params) {
    if (!catalogue.offers(kind.capability())) {
      return noMethod();
    }
    List<Item> all = catalogue.all(kind);
    int from = 0;
    Optional<Node> cursor = params.get("cursor");
    if (cursor.isPresent()) {
      from = cursor.get() instanceof Node.Text(String at, int _) ? position(all, at) : -1;
      if (from < 0) {
        return refused(Versions.INVALID_PARAMS, "that cursor is not known");
      }
    }
    List<Item> page = all.subList(from, Math.min(all.size(), from + PAGE));
    Tree result = new Tree().and(field, Tree.list(page.stream().map(Item::whole).toList()));
    if (from + PAGE < all.size()) {
      result.and("nextCursor", page.getLast().key());
    }
    return new Answer.Gives(result.object());
  }

  /* A cursor is the key of the last one told, so that a change between two pages repeats nothing. */
  private static int position(List<Item> all, String last) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).key().equals(last)) {
        return i + 1;
      }
    }
    return -1;
  }

  private Answer named(Catalogue.Kind kind, String method, Node params, Caller caller, Line line)
      throws InterruptedException {
    String name = params.text("name").orElse("");
    Optional<Item> item = catalogue.find(kind, name);
    if (item.isEmpty()) {
      return refused(Versions.INVALID_PARAMS, "there is no \"%s\"".formatted(name));
    }
    Optional<Node> arguments = params.get("arguments");
    if (arguments.isPresent() && !(arguments.get() instanceof Node.Obj)) {
      return refused(Versions.INVALID_PARAMS, "arguments are an object");
    }
    return run(method + " " + name, item.get().code(), params, caller, line);
  }

  private Answer read(Node params, Caller caller, Line line) throws InterruptedException {
    String uri = params.text("uri").orElse("");
    Optional<Item> item = catalogue.resource(uri);
    return item.isPresent()
        ? run("resources/read " + uri, item.get().code(), params, caller, line)
        : new Answer.Refuses(
            new RpcError(
                caller.isStateless() ? Versions.INVALID_PARAMS : Versions.NO_RESOURCE,
                "there is no such resource",
                Optional.of(new Tree().and("uri", uri).object())));
  }

  private Answer run(String subject, ServerCode code, Node params, Caller caller, Line line)
      throws InterruptedException {
    Map<String, Node> inputs = new LinkedHashMap<>();
    String state = "";
    if (caller.isStateless()) {
      Optional<Node> given = params.get("inputResponses");
      if (given.isPresent() && !(given.get() instanceof Node.Obj)) {
        return refused(Versions.INVALID_PARAMS, "inputResponses are an object");
      }
      inputs.putAll(params.fields("inputResponses"));
      Optional<Node> sealed = params.get("requestState");
      if (sealed.isPresent()) {
        Optional<String> open = sealed.get().scalar().flatMap(text -> seal.open(subject, text));
        if (open.isEmpty()) {
          return refused(Versions.INVALID_PARAMS, "requestState is not what was given out");
        }
        state = open.get();
      }
    }
    for (int round = 0; round < MOST_ROUNDS; round++) {
      switch (worked(code, new ServerCall(params, caller, line, inputs, state))) {
        case ServerAnswer.Complete(Node.Obj result) -> {
          return new Answer.Gives(result);
        }
        case ServerAnswer.Refused(RpcError error) -> {
          return new Answer.Refuses(error);
        }
        case ServerAnswer.Wants wants -> {
          Optional<Answer> end = wanted(subject, wants, caller, line, inputs);
          if (end.isPresent()) {
            return end.get();
          }
          state = wants.state();
        }
      }
    }
    return refused(RpcError.INTERNAL, "it does not come to an end with what it wants to know");
  }

  private static ServerAnswer worked(ServerCode code, ServerCall call) throws InterruptedException {
    try {
      return code.answer(call);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a request failed inside", e);
      return new ServerAnswer.Refused(new RpcError(RpcError.INTERNAL, "it failed inside"));
    }
  }

  /* Empty when the client has answered all, and the code can go on. */
  private Optional<Answer> wanted(
      String subject, ServerAnswer.Wants wants, Caller caller, Line line, Map<String, Node> inputs)
      throws InterruptedException {
    for (Wish wish : wants.wishes().values()) {
      if (!caller.can(wish.capability())) {
        return Optional.of(new Answer.Refuses(lacks(wish.capability())));
      }
    }
    if (caller.isStateless()) {
      return Optional.of(new Answer.Gives(stillWanted(subject, wants)));
    }
    for (Map.Entry<String, Wish> each : wants.wishes().entrySet()) {
      Wish wish = each.getValue();
      switch (line.ask(wish.method(), wish.params())) {
        case RpcAnswer.Replied(Node result) -> inputs.put(each.getKey(), result);
        case RpcAnswer.Failed(RpcError error) -> {
          return Optional.of(
              refused(RpcError.INTERNAL, "the client refused: %s".formatted(error.message())));
        }
        case RpcAnswer.Late _, RpcAnswer.Lost _ -> {
          return Optional.of(refused(RpcError.INTERNAL, "the client did not answer"));
        }
      }
    }
    return Optional.empty();
  }

  private static RpcError lacks(String capability) {
    return new RpcError(
        Versions.MISSING_CAPABILITY,
        "this needs a client with the capability \"%s\"".formatted(capability),
        Optional.of(
            new Tree()
                .and("requiredCapabilities", new Tree().and(capability, Tree.empty()).object())
                .object()));
  }

  private Node.Obj stillWanted(String subject, ServerAnswer.Wants wants) {
    Tree requests = new Tree();
    wants
        .wishes()
        .forEach((name, wish) ->
            requests.and(
                name,
                new Tree().and("method", wish.method()).and("params", wish.params()).object()));
    Tree result =
        new Tree().and("resultType", "input_required").and("inputRequests", requests.object());
    if (!wants.state().isEmpty()) {
      result.and("requestState", seal.seal(subject, wants.state()));
    }
    return result.object();
  }

  private Answer discovered(Caller caller) {
    Tree result =
        new Tree()
            .and("supportedVersions", Tree.texts(Versions.all()))
            .and("capabilities", catalogue.capabilities(caller));
    if (!self.instructions.isEmpty()) {
      result.and("instructions", self.instructions);
    }
    return new Answer.Gives(result.object());
  }

  /// Returns the answer to `initialize`.
  Node.Obj greeting(Caller caller) {
    Tree result =
        new Tree()
            .and("protocolVersion", caller.protocol())
            .and("capabilities", catalogue.capabilities(caller))
            .and("serverInfo", info());
    if (!self.instructions.isEmpty()) {
      result.and("instructions", self.instructions);
    }
    return result.object();
  }

  private Node.Obj info() {
    return new Tree().and("name", self.name).and("version", self.version).object();
  }

  /* What every result has in the era without sessions. Nothing may be kept: whether a path may be
  read, and what a tool says of it, is judged anew each time. */
  private Answer dressed(String method, Answer answer) {
    if (!(answer instanceof Answer.Gives(Node result))) {
      return answer;
    }
    Tree dressed = new Tree();
    if (result.get("resultType").isEmpty()) {
      dressed.and("resultType", "complete");
    }
    dressed.all(result.fields());
    if (method.endsWith("/list")
        || method.equals("resources/read")
        || method.equals("server/discover")) {
      dressed.and("ttlMs", 0).and("cacheScope", "private");
    }
    Node meta = result.get(Versions.META).orElse(Tree.empty());
    dressed.and(
        Versions.META, new Tree().all(meta.fields()).and(Versions.META_SERVER, info()).object());
    return new Answer.Gives(dressed.object());
  }
}
