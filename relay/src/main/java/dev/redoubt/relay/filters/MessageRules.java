// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.filters;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.McpMessage;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Asked;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks the guard about every message that is no call: results, errors, notifications, what a
/// server asks of the agent and what the agent answers. [McpMessage] says what rules call them.
///
/// A question counts as no: such a message cannot wait until a person is there.
public final class MessageRules implements Filter {

  private static final String CALL = "tools/call";

  private static final String TASK_ID = "taskId";

  private final String server;
  private final Guard guard;
  private final Guard managed;
  private final TaskTools tasks = new TaskTools();

  /// @param server what the server is called in rules
  /// @param managed what no mode lifts: a message it does not allow never passes as observed
  public MessageRules(String server, Guard guard, Guard managed) {
    this.managed = requireNonNull(managed, "managed");
    this.server = requireNonNull(server, "server");
    this.guard = requireNonNull(guard, "guard");
  }

  @Override
  public String name() {
    return "messages";
  }

  @Override
  public Ruling judge(Passing passing, Upstream upstream) {
    List<Action.CallTool> said = said(passing);
    for (Action.CallTool message : said) {
      switch (guard.review(message)) {
        case Decision.Allow _ -> {
          // The next one is asked about.
        }
        case Decision.Ask(String rule, String reason, var _) -> {
          return new Ruling.Blocks(
              rule,
              reason + "; nobody can be asked about a message",
              false,
              ToolPolicy.isHeld(managed, said));
        }
        case Decision.Deny(String rule, String reason, var _) -> {
          return new Ruling.Blocks(rule, reason, false, ToolPolicy.isHeld(managed, said));
        }
      }
    }
    return Ruling.PASSES;
  }

  private List<Action.CallTool> said(Passing passing) {
    boolean toClient = passing.direction() == Direction.TO_CLIENT;
    return switch (passing.message()) {
      case RpcMessage.Request(var _, String method, Optional<Node> params) ->
          toClient ? List.of(message(McpMessage.REQUEST, method, all(params))) : asked(passing);
      case RpcMessage.Notice(String method, Optional<Node> params) ->
          notice(toClient, method, all(params));
      case RpcMessage.Result(var _, Node result) ->
          toClient
              ? result(passing, result)
              : List.of(message(McpMessage.ANSWER, passing.method(), result));
      case RpcMessage.Failure(var _, RpcError error) ->
          List.of(
              message(
                  toClient ? McpMessage.ERROR : McpMessage.ANSWER,
                  toClient ? about(passing) : passing.method(),
                  error(error)));
    };
  }

  /* What the agent asks of the server itself: the rest is for ToolPolicy. */
  private List<Action.CallTool> asked(Passing passing) {
    return ToolPolicy.isAboutConnection(passing.method())
        ? List.of(message(McpMessage.METHOD, passing.method(), CallParams.of(passing.body())))
        : List.of();
  }

  private List<Action.CallTool> notice(boolean toClient, String method, Node params) {
    List<Action.CallTool> said = new ArrayList<>();
    said.add(message(McpMessage.NOTICE, method, params));
    if (toClient) {
      params.text(TASK_ID).flatMap(tasks::tool).ifPresent(tool -> ofTask(tool, params, said));
      wanted(params, said);
    }
    return said;
  }

  private List<Action.CallTool> result(Passing passing, Node result) {
    List<Action.CallTool> said = new ArrayList<>();
    String about = about(passing);
    said.add(message(McpMessage.RESULT, about, result));
    if (passing.method().equals(CALL)) {
      result.text(TASK_ID).ifPresent(task -> tasks.begun(task, about));
      result
          .get("task")
          .flatMap(task -> task.text(TASK_ID))
          .ifPresent(task -> tasks.begun(task, about));
    } else {
      passing
          .asked()
          .flatMap(Asked::params)
          .flatMap(params -> params.text(TASK_ID))
          .flatMap(tasks::tool)
          .ifPresent(tool -> ofTask(tool, result, said));
    }
    wanted(result, said);
    return said;
  }

  /* What a task comes to is what its tool answers, alone or among what is said of the task. */
  private void ofTask(String tool, Node told, List<Action.CallTool> said) {
    said.add(message(McpMessage.RESULT, tool, told));
    told.get("result").ifPresent(inner -> said.add(message(McpMessage.RESULT, tool, inner)));
  }

  /* The stateless era asks the agent inside of a result, or of what is told of a task. */
  private void wanted(Node told, List<Action.CallTool> said) {
    for (Node wanted : told.fields("inputRequests").values()) {
      said.add(
          message(McpMessage.REQUEST, wanted.text("method").orElse(""), all(wanted.get("params"))));
    }
  }

  /* The tool that was called, else the method. */
  private static String about(Passing passing) {
    Optional<String> tool =
        passing.method().equals(CALL)
            ? passing.asked().flatMap(Asked::params).flatMap(params -> params.text("name"))
            : Optional.empty();
    return tool.orElse(passing.method());
  }

  private Action.CallTool message(McpMessage kind, String about, Node said) {
    return new Action.CallTool(kind.of(server), about, said);
  }

  private static Node all(Optional<Node> params) {
    return params.orElse(new Node.Obj(Map.of(), 1));
  }

  private static Node error(RpcError error) {
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("code", new Node.Num(Long.toString(error.code()), 1));
    fields.put("message", new Node.Text(error.message(), 1));
    error.data().ifPresent(data -> fields.put("data", data));
    return new Node.Obj(fields, 1);
  }
}
