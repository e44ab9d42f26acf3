// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.filters;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Takes every call of a tool through the gate, as an action with its arguments; and what an agent
/// reads (resources), takes (prompts) or asks a server to complete likewise, under the name of the
/// method. Rules can name each: `tool:files/read_file`, `tool:files/resources/read`.
///
/// The gate writes the decision down before it is given.
public final class ToolPolicy implements Filter {

  private static final String CALL = "tools/call";
  private static final Node.Obj NOTHING = new Node.Obj(Map.of(), 1);

  private final String server;
  private final Gate gate;
  private final Function<Action.CallTool, Optional<String>> waiting;

  /// @param server what the server is called in rules
  /// @param waiting the id under which a refused call waits for a person, if it does
  public ToolPolicy(String server, Gate gate, Function<Action.CallTool, Optional<String>> waiting) {
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
          judged(new Action.CallTool(server, method, withoutMeta(params)));
      default -> Ruling.PASSES;
    };
  }

  private Ruling called(Optional<Node> params) throws InterruptedException {
    Optional<String> tool = params.flatMap(given -> given.text("name"));
    if (tool.isEmpty()) {
      return new Ruling.Blocks("relay.malformed", "a call of a tool has to name it");
    }
    Node arguments = params.flatMap(given -> given.get("arguments")).orElse(NOTHING);
    return judged(new Action.CallTool(server, tool.get(), arguments));
  }

  private static Node withoutMeta(Optional<Node> params) {
    Map<String, Node> fields = new LinkedHashMap<>();
    params.ifPresent(given -> fields.putAll(given.fields()));
    fields.remove("_meta");
    return new Node.Obj(fields, 1);
  }

  private Ruling judged(Action.CallTool call) throws InterruptedException {
    return switch (gate.judge(call)) {
      case Verdict.Permitted(Permit permit) -> {
        permit.spend();
        yield new Ruling.Passes(true);
      }
      case Verdict.Refused(String _, Decision decision) ->
          new Ruling.Blocks(decision.rule(), reason(call, decision), true);
    };
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
