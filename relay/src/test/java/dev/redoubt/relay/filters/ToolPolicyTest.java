// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.filters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolPolicyTest {

  /// Denies the tool `delete` and what has "forbidden" in its arguments, asks about `odd`.
  private record Words() implements Guard {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public Decision review(Action action) {
      if (!(action instanceof Action.CallTool(String server, String tool, Node arguments))
          || !server.equals("files")) {
        return new Decision.Deny("words.other", "no call of files", List.of());
      }
      String text = tool + " " + JsonText.of(arguments);
      if (text.contains("delete") || text.contains("forbidden")) {
        return new Decision.Deny("words.no", "denied: " + text, List.of());
      }
      return tool.equals("odd")
          ? new Decision.Ask("words.odd", "asked: " + text, List.of())
          : new Decision.Allow("words.yes", "fine");
    }
  }

  /// Does not allow what has "managed" in it.
  record Managed() implements Guard {
    @Override
    public String name() {
      return "managed";
    }

    @Override
    public Decision review(Action action) {
      return action instanceof Action.CallTool(String _, String tool, Node arguments)
              && (tool + JsonText.of(arguments)).contains("managed")
          ? new Decision.Ask("managed.ask", "managed", List.of())
          : new Decision.Allow("managed.silent", "not spoken of");
    }
  }

  private final ToolPolicy policy =
      new ToolPolicy(
          "files",
          new Gate(List.of(new Words()), Approver.NEVER, DecisionLog.NONE),
          new Managed(),
          call ->
              call.arguments().fields().isEmpty() ? Optional.of("0123456789ab") : Optional.empty());

  private Ruling judge(Direction direction, String method, String params)
      throws DocumentException, InterruptedException {
    Node node = Json.read(params.getBytes(StandardCharsets.UTF_8), new Limits(10_000, 50, 1_000));
    return policy.judge(
        new Passing(
            direction,
            new RpcMessage.Request(RpcId.of(1), method, Optional.of(node)),
            Optional.empty()),
        (_, _) -> {
          throw new IllegalStateException("nobody is asked");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tools/call | {\"name\":\"read\",\"arguments\":{\"a\":1}} | passes",
        "tools/call | {\"name\":\"read\"} | passes",
        "tools/call | {\"name\":\"delete\",\"arguments\":{}} | words.no denied: delete {}",
        "tools/call | {\"name\":\"read\",\"arguments\":{\"a\":[\"forbidden\"]}} |"
            + " words.no denied: read {\"a\":[\"forbidden\"]}",
        "tools/call | {\"name\":\"odd\"} | words.odd asked: odd {};"
            + " a person can let it pass once: redoubt relay approve ID",
        "tools/call | {\"name\":\"odd\",\"arguments\":{\"a\":1}} | words.odd asked: odd {\"a\":1}",
        "tools/call | {\"name\":7} | relay.malformed a call of a tool has to name it",
        "tools/call | {} | relay.malformed a call of a tool has to name it",
        "resources/read | {\"uri\":\"forbidden:\",\"_meta\":{\"x\":1}} |"
            + " words.no denied: resources/read {\"uri\":\"forbidden:\",\"_meta\":{\"x\":1}}",
        "prompts/get | {\"name\":\"forbidden\"} |"
            + " words.no denied: prompts/get {\"name\":\"forbidden\"}",
        "completion/complete | {\"ref\":\"forbidden\"} |"
            + " words.no denied: completion/complete {\"ref\":\"forbidden\"}",
        "tools/list | {\"forbidden\":1} | passes",
        "tasks/cancel | {\"taskId\":\"forbidden\"} | passes",
        "tasks/update | {\"taskId\":\"forbidden\"} |"
            + " words.no denied: tasks/update {\"taskId\":\"forbidden\"}",
        "tools/execute | {\"name\":\"delete\"} | words.no denied: delete {\"name\":\"delete\"}",
        "x/run | {\"tool\":\"delete\"} | words.no denied: delete {\"tool\":\"delete\"}",
        "x/run | {\"name\":\"read\",\"tool\":\"delete\"} |"
            + " words.no denied: read {\"name\":\"read\",\"tool\":\"delete\"}",
        "x/run | [\"forbidden\"] | words.no denied: x/run {\"@params\":[\"forbidden\"]}",
        "resources/read | [\"forbidden:\"] |"
            + " words.no denied: resources/read {\"@params\":[\"forbidden:\"]}",
        "x/run | {\"a\":\"forbidden\"} | words.no denied: x/run {\"a\":\"forbidden\"}",
        "x/run | {\"a\":1} | passes",
        "subscriptions/listen | {\"notifications\":{\"resourceSubscriptions\":[\"forbidden:\"]}} |"
            + " words.no denied: resources/subscribe {\"uri\":\"forbidden:\"}",
        "subscriptions/listen | {\"notifications\":{\"toolsListChanged\":true}} | passes",
        "subscriptions/listen | {\"notifications\":{\"resourceSubscriptions\":\"forbidden\"}} |"
            + " words.no denied: subscriptions/listen"
            + " {\"notifications\":{},\"resourceSubscriptions\":\"forbidden\"}",
        "tools/call | {\"name\":\"read\",\"arguments\":[]} |"
            + " relay.malformed the arguments of a call have to be an object",
        "tools/call | {\"name\":\"read\",\"arguments\":{\"@params\":1}} |"
            + " relay.malformed the arguments of a call have to be an object",
        "tools/call | {\"name\":\"read\",\"arguments\":null} | passes",
        "tools/call | {\"name\":\"odd\",\"arguments\":{\"a\":1},\"task\":{\"ttl\":9},"
            + "\"inputResponses\":{\"x\":{}},\"requestState\":\"s\",\"new\":2,\"_meta\":{\"progressToken\":1,\"io.modelcontextprotocol/clientInfo\":{},\"mine\":3}}"
            + " | words.odd asked: odd {\"a\":1,\"@params\":{\"task\":{\"ttl\":9},"
            + "\"inputResponses\":{\"x\":{}},\"requestState\":\"s\",\"new\":2,\"_meta\":{\"mine\":3}}}",
        "tools/call | {\"name\":\"odd\",\"arguments\":{\"a\":1},\"_meta\":{\"progressToken\":1}} |"
            + " words.odd asked: odd {\"a\":1}",
      })
  void whatAnAgentCallsReadsAndTakesIsJudgedWithItsArguments(
      String method, String params, String expected) throws Exception {
    assertThat(
            switch (judge(Direction.TO_SERVER, method, params)) {
              case Ruling.Passes _ -> "passes";
              case Ruling.Blocks(String rule, String reason, var _, var _) ->
                  rule + " " + reason.replaceFirst("approve [0-9a-f]{12}$", "approve ID");
              case Ruling.Changes _, Ruling.Remarks _ -> "another ruling";
            })
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tools/call | {\"name\":\"delete\"} | false",
        "tools/call | {\"name\":\"delete\",\"arguments\":{\"a\":\"managed\"}} | true",
        "x/managed | {\"name\":\"delete\"} | true",
        "subscriptions/listen | {\"notifications\":{\"resourceSubscriptions\":"
            + "[\"forbidden:\",\"managed:\"]}} | true",
      })
  void whatTheManagedPolicyDoesNotAllowIsHeldWhicheverRuleSpokeFirst(
      String method, String params, boolean held) throws Exception {
    assertThat(judge(Direction.TO_SERVER, method, params))
        .isInstanceOfSatisfying(
            Ruling.Blocks.class,
            blocks -> {
              assertThat(blocks.rule()).isEqualTo("words.no");
              assertThat(blocks.held()).isEqualTo(held);
            });
  }

  @Test
  void whatTheGateWroteDownIsNotWrittenTwice() throws Exception {
    assertThat(judge(Direction.TO_SERVER, "tools/call", "{\"name\":\"read\"}"))
        .isEqualTo(new Ruling.Passes(true));
    assertThat(judge(Direction.TO_CLIENT, "tools/call", "{\"name\":\"delete\"}"))
        .isEqualTo(Ruling.PASSES);
  }
}
