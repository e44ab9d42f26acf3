// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.filters;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Takes every call of a tool through the gate, as an action with its arguments; and what an agent
/// reads (resources), takes (prompts) or asks a server to complete likewise, under the name of the
/// method. Rules can name each: `tool:files/read_file`, `tool:files/resources/read`.
///
/// The gate writes the decision down before it is given.
public final class ToolPolicy implements Filter {

  private static final String CALL = "tools/call";
  private static final String LISTEN = "subscriptions/listen";
  private static final String SUBSCRIBE = "resources/subscribe";
  private static final Set<String> CONNECTION =
      Set.of(
          "initialize",
          "server/discover",
          "ping",
          "logging/setLevel",
          "tools/list",
          "prompts/list",
          "resources/list",
          "resources/templates/list",
          "resources/unsubscribe",
          "tasks/list",
          "tasks/get",
          "tasks/result",
          "tasks/cancel");
  private static final Node.Obj NOTHING = new Node.Obj(Map.of(), 1);

  private final String server;
  private final Gate gate;
  private final Guard managed;
  private final Function<Action.CallTool, Optional<String>> waiting;

  /// @param server what the server is called in rules
  /// @param managed what no mode lifts: a call it does not allow never passes as observed
  /// @param waiting the id under which a refused call waits for a person, if it does
  public ToolPolicy(
      String server,
      Gate gate,
      Guard managed,
      Function<Action.CallTool, Optional<String>> waiting) {
    this.managed = requireNonNull(managed, "managed");
    this.waiting = requireNonNull(waiting, "waiting");
    this.server = requireNonNull(server, "server");
    this.gate = requireNonNull(gate, "gate");
  }

  @Override
  public String name() {
    return "policy";
  }

  @Override
  public Ruling judge(Passing passing, Upstream upstream) throws InterruptedException {
    if (passing.direction() != Direction.TO_SERVER
        || !(passing.message()
            instanceof RpcMessage.Request(var _, String method, Optional<Node> params))) {
      return Ruling.PASSES;
    }
    return switch (method) {
      case CALL -> called(params);
      case "resources/read", "resources/subscribe", "prompts/get", "completion/complete" ->
          judged(List.of(new Action.CallTool(server, method, CallParams.of(params))));
      case LISTEN -> listened(params);
      default ->
          isAboutConnection(passing.method()) ? Ruling.PASSES : unknown(passing.method(), params);
    };
  }

  /// Returns whether a request for `method` does nothing but keep the connection, list, and look
  /// after what was asked before.
  static boolean isAboutConnection(String method) {
    return CONNECTION.contains(method);
  }

  private Ruling called(Optional<Node> params) throws InterruptedException {
    Optional<String> tool = params.flatMap(given -> given.text("name"));
    if (tool.isEmpty()) {
      return new Ruling.Blocks("relay.malformed", "a call of a tool has to name it");
    }
    Optional<Node> said = params.flatMap(CallParams::ofCall);
    return said.isEmpty()
        ? new Ruling.Blocks("relay.malformed", "the arguments of a call have to be an object")
        : judged(List.of(new Action.CallTool(server, tool.get(), said.get())));
  }

  /* Every resource it wants to hear of is one that is subscribed to. */
  private Ruling listened(Optional<Node> params) throws InterruptedException {
    Map<String, Node> rest = new LinkedHashMap<>(CallParams.of(params).fields());
    Map<String, Node> wanted = new LinkedHashMap<>(params.orElse(NOTHING).fields("notifications"));
    List<Action.CallTool> calls = new ArrayList<>();
    Node resources = wanted.remove("resourceSubscriptions");
    if (resources != null) {
      rest.put("notifications", new Node.Obj(wanted, 1));
      for (Node uri : resources.items()) {
        calls.add(new Action.CallTool(server, SUBSCRIBE, new Node.Obj(Map.of("uri", uri), 1)));
      }
      if (!(resources instanceof Node.Arr)) {
        rest.put("resourceSubscriptions", resources);
      }
    }
    calls.add(new Action.CallTool(server, LISTEN, new Node.Obj(rest, 1)));
    return judged(calls);
  }

  /* Nobody knows what a server does with it: it is judged as what it is called, and as a call of
   * the tool that it names. */
  private Ruling unknown(String method, Optional<Node> params) throws InterruptedException {
    Node said = CallParams.of(params);
    List<Action.CallTool> calls = new ArrayList<>();
    for (String tool : tools(said)) {
      calls.add(new Action.CallTool(server, tool, said));
      CallParams.ofCall(said)
          .ifPresent(arguments -> calls.add(new Action.CallTool(server, tool, arguments)));
    }
    calls.add(new Action.CallTool(server, method, said));
    return judged(calls);
  }

  /* Which of them a server goes by is not known. */
  private static Set<String> tools(Node said) {
    Set<String> tools = new LinkedHashSet<>();
    said.text("name").ifPresent(tools::add);
    said.text("tool").ifPresent(tools::add);
    return tools;
  }

  /* All that one message does: it passes when each of them may be done. */
  private Ruling judged(List<Action.CallTool> calls) throws InterruptedException {
    for (Action.CallTool call : calls) {
      switch (gate.judge(call)) {
        case Verdict.Permitted(Permit permit) -> permit.spend();
        case Verdict.Refused(String _, Decision decision) -> {
          return new Ruling.Blocks(
              decision.rule(), reason(call, decision), true, isHeld(managed, calls));
        }
      }
    }
    return new Ruling.Passes(true);
  }

  /* Which rule spoke first does not count: an observed one may stand before a managed one. */
  static boolean isHeld(Guard managed, List<Action.CallTool> calls) {
    return calls.stream().anyMatch(call -> !(managed.review(call) instanceof Decision.Allow));
  }

  /* A question can be answered later, and the same call made again. */
  private String reason(Action.CallTool call, Decision decision) {
    return switch (decision) {
      case Decision.Ask(String _, String reason, var _) ->
          waiting
              .apply(call)
              .map(id -> reason + "; a person can let it pass once: redoubt relay approve " + id)
              .orElse(reason);
      case Decision.Deny _, Decision.Allow _ -> decision.reason();
    };
  }
}
