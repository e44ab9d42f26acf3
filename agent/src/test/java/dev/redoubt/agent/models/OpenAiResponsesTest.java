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
import dev.redoubt.agent.api.ModelRequest.Effort;
import dev.redoubt.agent.api.ModelRequest.Settings;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.document.Node;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenAiResponsesTest extends ModelContract {

  @Override
  Protocol protocol() {
    return Protocol.OPENAI_RESPONSES;
  }

  @Override
  Dialect dialect() {
    return Dialect.OPENAI_RESPONSES;
  }

  @Override
  Map.Entry<String, String> keyHeader() {
    return Map.entry("authorization", "Bearer " + KEY);
  }

  @Override
  Reasoning reasoning(String text, String seal) {
    Fields summary = Fields.of("type", "summary_text").put("text", text);
    Fields item =
        Fields.of("type", "reasoning")
            .put("id", "it_0")
            .put("summary", List.of(summary.node()))
            .put("encrypted_content", seal);
    return new Reasoning(text, Fields.of("protocol", "openai-responses").put("item", item).node());
  }

  @Override
  String errorBody(String type, String message) {
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"code\":null}}"
        .formatted(message, type);
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
                    new Reasoning("not theirs", Fields.of("protocol", "anthropic").node()),
                    new Words("I look."),
                    new ToolCall("a", "view", "{\"path\": 1}"),
                    new ToolCall("b", "view", "{}"))),
            new FromTools(
                List.of(
                    new ToolResult("a", List.of(new Words("A"), PICTURE), false),
                    new ToolResult("b", List.of(new Words("B")), true))));

    model(provider).answer(Requests.of(messages), _ -> {});

    assertThat(provider.asked().getFirst().target()).isEqualTo("/v1/responses");
    assertThat(provider.asked().getFirst().body())
        .isEqualTo(
            """
            {"model":"asked-1","stream":true,"store":false,"include":["reasoning.encrypted_content"],"max_output_tokens":1000,
            "tools":[{"type":"function","name":"view","description":"Shows a file.","strict":false,"parameters":{"type":"object","properties":{"path":{"type":"string"}}}}],
            "instructions":"Be brief.",
            "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Look:"},{"type":"input_image","image_url":"data:image/png;base64,AQID","detail":"auto"}]},
            {"type":"reasoning","id":"it_0","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"c2Vs"},
            {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I look."}]},
            {"type":"function_call","call_id":"a","name":"view","arguments":"{\\"path\\": 1}"},
            {"type":"function_call","call_id":"b","name":"view","arguments":"{}"},
            {"type":"function_call_output","call_id":"a","output":[{"type":"input_text","text":"A"},{"type":"input_image","image_url":"data:image/png;base64,AQID","detail":"auto"}]},
            {"type":"function_call_output","call_id":"b","output":"B"}]}
            """
                .replace("\n", ""));
  }

  @Test
  void whatAModelCannotDoIsLeftOutTheNextTime() throws Exception {
    ScriptedProvider provider =
        provider(
            Reply.error(
                400, errorBody("invalid", "Encrypted content is not supported with this model.")),
            Reply.error(
                400,
                errorBody(
                    "invalid",
                    "Your organization must be verified to generate reasoning summaries.")),
            Reply.error(400, errorBody("invalid", "Unsupported parameter: 'reasoning.effort'")),
            Reply.say("x"));
    var settings = new Settings(10, Optional.of(Effort.HIGH), Optional.empty());

    assertThat(model(provider).answer(Requests.with(settings), _ -> {}))
        .isInstanceOf(Replied.class);

    assertThat(provider.asked())
        .extracting(asked ->
            asked.body().contains("encrypted")
                + " "
                + asked.body().contains("summary")
                + " "
                + asked.body().contains("effort"))
        .containsExactly(
            "true true true", "false true true", "false false true", "false false false");
  }

  @Test
  void aKeyForTheCacheIsSentWhereItIsKnownAndLeftOutWhereItIsRefused() throws Exception {
    ScriptedProvider scripted =
        provider(
            Reply.say("x"),
            Reply.error(400, errorBody("invalid", "Unknown parameter: 'prompt_cache_key'.")),
            Reply.say("x"),
            Reply.say("x"));
    var settings = new Settings(10, Optional.empty(), Optional.empty(), Optional.of("session-1"));
    Endpoint endpoint = Endpoint.at(Requests.url(scripted.url()), Protocol.OPENAI_RESPONSES.auth());
    HttpModel keyed =
        Requests.model(
            new Provider(
                "keyed",
                Protocol.OPENAI_RESPONSES,
                endpoint,
                new KeySource.None(),
                "",
                Set.of(Quirk.CACHE_KEY)),
            "k");

    model(scripted).answer(Requests.with(settings), _ -> {});
    keyed.answer(Requests.with(settings), _ -> {});
    keyed.answer(Requests.with(settings), _ -> {});

    assertThat(scripted.asked())
        .extracting(asked -> asked.body().contains("\"prompt_cache_key\":\"session-1\""))
        .containsExactly(false, true, false, false);
  }

  @Test
  void aSchemaIsStrictWhenItCanBe() throws Exception {
    ScriptedProvider provider = provider(Reply.say("{}"), Reply.say("{}"));
    Fields closed =
        Fields.of("type", "object")
            .put("properties", new Fields().put("a", Fields.of("type", "string")))
            .put("required", List.of(new Node.Text("a", 1)))
            .put("additionalProperties", false);
    for (Node.Obj schema : List.of(closed.node(), Fields.of("type", "object").node())) {
      model(provider)
          .answer(Requests.with(new Settings(10, Optional.empty(), Optional.of(schema))), _ -> {});
    }

    assertThat(provider.asked().getFirst().body())
        .contains("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"answer\"")
        .contains("\"strict\":true");
    assertThat(provider.asked().getLast().body()).contains("\"strict\":false");
  }

  @Test
  void aFailureInTheMiddleIsNoAnswer() throws Exception {
    String failed =
        """
        event: response.failed
        data: {"type":"response.failed","response":{"status":"failed","error":{"code":"rate_limit_exceeded","message":"Try again in 2s"},"output":[]}}

        """;
    String error =
        """
        event: error
        data: {"type":"error","code":"server_error","message":"oops"}

        """;

    Failed limited = (Failed) model(new Reply.Stream(failed)).answer(Requests.hello(), _ -> {});
    assertThat(limited.failure()).isEqualTo(Failure.RATE_LIMIT);
    assertThat(limited.retryAfter()).contains(java.time.Duration.ofSeconds(2));
    assertThat(
            ((Failed) model(new Reply.Stream(error)).answer(Requests.hello(), _ -> {})).failure())
        .isEqualTo(Failure.OVERLOADED);
  }
}
