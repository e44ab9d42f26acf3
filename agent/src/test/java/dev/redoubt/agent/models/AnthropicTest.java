// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Message.FromModel;
import dev.redoubt.agent.api.Message.FromTools;
import dev.redoubt.agent.api.Message.FromUser;
import dev.redoubt.agent.api.Message.Reasoning;
import dev.redoubt.agent.api.Message.Words;
import dev.redoubt.agent.api.ModelAnswer.Failed;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelAnswer.Replied;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ModelRequest.Effort;
import dev.redoubt.agent.api.ModelRequest.Settings;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.testkit.provider.Asked;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicTest extends ModelContract {

  private static final String MARK = ",\"cache_control\":{\"type\":\"ephemeral\"}";

  @Override
  Protocol protocol() {
    return Protocol.ANTHROPIC;
  }

  @Override
  Dialect dialect() {
    return Dialect.ANTHROPIC;
  }

  @Override
  Map.Entry<String, String> keyHeader() {
    return Map.entry("x-api-key", KEY);
  }

  @Override
  Reasoning reasoning(String text, String seal) {
    return new Reasoning(text, Fields.of("protocol", "anthropic").put("signature", seal).node());
  }

  @Override
  String errorBody(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
        .formatted(type, message);
  }

  @Override
  String conversation(Asked asked) {
    return asked.body().replace(MARK, "");
  }

  @Test
  void theRequestIsWhatTheFormatSays() throws Exception {
    ScriptedProvider provider = provider(Reply.say("x"));
    List<Message> messages =
        List.of(
            new FromUser(List.of(new Words("Look:"), PICTURE)),
            new FromModel(
                List.of(
                    reasoning("hm", "c2Vs"),
                    new Reasoning("", Fields.of("protocol", "anthropic").put("data", "xyz").node()),
                    new Reasoning("not theirs", Fields.of("protocol", "gemini").node()),
                    new Words(" "),
                    new ToolCall("call:1", "view", "{\"path\":1.50}"),
                    new ToolCall("b", "view", "no json"))),
            new FromTools(
                List.of(
                    new ToolResult("call:1", List.of(new Words("A"), PICTURE), false),
                    new ToolResult("b", List.of(), true))));

    model(provider).answer(Requests.of(messages), _ -> {});

    Asked asked = provider.asked().getFirst();
    assertThat(asked.target()).isEqualTo("/v1/messages");
    assertThat(asked.header("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(asked.body())
        .isEqualTo(
            """
            {"model":"asked-1","stream":true,"max_tokens":1000,
            "tools":[{"name":"view","description":"Shows a file.","input_schema":{"type":"object","properties":{"path":{"type":"string"}}}MARK}],
            "system":[{"type":"text","text":"Be brief."MARK}],
            "messages":[{"role":"user","content":[{"type":"text","text":"Look:"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}MARK}]},
            {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"c2Vs"},{"type":"redacted_thinking","data":"xyz"},
            {"type":"tool_use","id":"ID","name":"view","input":{"path":1.50}},{"type":"tool_use","id":"b","name":"view","input":{"arguments":"no json"}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"ID","content":[{"type":"text","text":"A"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}}],"is_error":false},
            {"type":"tool_result","tool_use_id":"b","content":[{"type":"text","text":"(nothing)"}],"is_error":trueMARK}]}]}
            """
                .replace("\n", "")
                .replace("MARK", MARK)
                .replace("\"ID\"", "\"" + new CallIds(false).of("call:1") + "\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NONE | {'type':'disabled'} | ",
        "LOW | {'type':'adaptive'} | {'effort':'low'}",
        "HIGH | {'type':'adaptive'} | {'effort':'high'}"
      })
  void effortIsToldAndWhatIsRefusedIsNotToldAgain(Effort effort, String thinking, String output)
      throws Exception {
    ScriptedProvider provider = provider(Reply.say("x"));

    model(provider)
        .answer(
            Requests.with(new Settings(50_000, Optional.of(effort), Optional.empty())), _ -> {});

    assertThat(json(body(provider).get("thinking"))).isEqualTo(thinking);
    assertThat(json(body(provider).get("output_config"))).isEqualTo(output);
  }

  @Test
  void anOlderModelIsToldHowManyTokensToThink() throws Exception {
    ScriptedProvider provider =
        provider(
            Reply.error(
                400, errorBody("invalid_request_error", "adaptive thinking is not supported here")),
            Reply.say("x"),
            Reply.say("y"));
    HttpModel model = model(provider);
    var request = Requests.with(new Settings(50_000, Optional.of(Effort.MEDIUM), Optional.empty()));

    assertThat(model.answer(request, _ -> {})).isInstanceOf(Replied.class);
    assertThat(model.answer(request, _ -> {})).isInstanceOf(Replied.class);

    assertThat(provider.asked()).hasSize(3);
    assertThat(json(body(provider).get("thinking")))
        .isEqualTo("{'type':'enabled','budget_tokens':8192}");
    assertThat(body(provider).get("output_config")).isEmpty();
  }

  @Test
  void callsOfAnotherModelAreNotFollowedByThinking() throws Exception {
    ScriptedProvider provider = provider(Reply.say("x"));
    List<Message> messages =
        List.of(
            FromUser.text("go"),
            new FromModel(List.of(new ToolCall("a", "view", "{}"))),
            new FromTools(List.of(new ToolResult("a", List.of(new Words("A")), false))));
    var settings = new Settings(50_000, Optional.of(Effort.HIGH), Optional.empty());

    model(provider)
        .answer(
            new dev.redoubt.agent.api.ModelRequest("m", "", List.of(), messages, settings),
            _ -> {});

    assertThat(body(provider).get("thinking")).isEmpty();
  }

  @Test
  void theFinalTextMaySatisfyASchema() throws Exception {
    ScriptedProvider provider = provider(Reply.say("{}"));
    Node.Obj schema = Fields.of("type", "object").node();

    model(provider)
        .answer(Requests.with(new Settings(10, Optional.empty(), Optional.of(schema))), _ -> {});

    assertThat(json(body(provider).get("output_config")))
        .isEqualTo("{'format':{'type':'json_schema','schema':{'type':'object'}}}");
  }

  @ParameterizedTest
  @CsvSource({
    "stop_sequence, END",
    "pause_turn, LENGTH",
    "model_context_window_exceeded, LENGTH",
    "something_new, END"
  })
  void theRarerReasonsToStopAreKnown(String reason, Stop stop) throws Exception {
    String events =
        """
        event: message_start
        data: {"type":"message_start","message":{"model":"m","usage":{"input_tokens":3,"cache_creation_input_tokens":5,"cache_read_input_tokens":7,"output_tokens":1}}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"%s"},"usage":{"output_tokens":9}}

        """
            .formatted(reason);

    assertThat(model(new Reply.Stream(events)).answer(Requests.hello(), _ -> {}))
        .isEqualTo(new Replied(new FromModel(List.of()), stop, new Usage(15, 7, 5, 9), "m"));
  }

  @Test
  void anErrorInTheMiddleIsNoAnswerButWhatWasCountedIs() throws Exception {
    String events =
        """
        event: message_start
        data: {"type":"message_start","message":{"model":"m","usage":{"input_tokens":3,"output_tokens":1}}}

        event: error
        data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

        """;

    assertThat(model(new Reply.Stream(events)).answer(Requests.hello(), _ -> {}))
        .isEqualTo(
            new Failed(
                Failure.OVERLOADED,
                "scripted: it failed, \"Overloaded\"",
                Optional.empty(),
                new Usage(3, 0, 0, 1)));
  }

  private static String json(Optional<Node> node) {
    return node.map(JsonText::of).map(text -> text.replace('"', '\'')).orElse(null);
  }
}
