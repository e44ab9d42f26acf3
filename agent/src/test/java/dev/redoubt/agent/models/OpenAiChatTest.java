// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Message.FromModel;
import dev.redoubt.agent.api.Message.FromTools;
import dev.redoubt.agent.api.Message.FromUser;
import dev.redoubt.agent.api.Message.Reasoning;
import dev.redoubt.agent.api.Message.Words;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Failed;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelAnswer.Replied;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ModelRequest.Effort;
import dev.redoubt.agent.api.ModelRequest.Settings;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiChatTest extends ModelContract {

  @Override
  Protocol protocol() {
    return Protocol.OPENAI_CHAT;
  }

  @Override
  Dialect dialect() {
    return Dialect.OPENAI_CHAT;
  }

  @Override
  Map.Entry<String, String> keyHeader() {
    return Map.entry("authorization", "Bearer " + KEY);
  }

  @Override
  Reasoning reasoning(String text, String seal) {
    return new Reasoning(
        text, Fields.of("protocol", "openai-chat").put("field", "reasoning_content").node());
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
                    reasoning("hm", ""),
                    new ToolCall("a", "view", "{\"path\": 1}"),
                    new ToolCall("b", "functions.view", "no json"))),
            new FromTools(
                List.of(
                    new ToolResult("a", List.of(new Words("A"), PICTURE), false),
                    new ToolResult("b", List.of(), true))),
            new FromModel(List.of(reasoning("done thinking", ""), new Words("Done."))),
            FromUser.text("Thanks."));

    model(provider).answer(Requests.of(messages), _ -> {});

    assertThat(provider.asked().getFirst().target()).isEqualTo("/v1/chat/completions");
    assertThat(provider.asked().getFirst().body())
        .isEqualTo(
            """
            {"model":"asked-1","stream":true,"stream_options":{"include_usage":true},"max_tokens":1000,
            "tools":[{"type":"function","function":{"name":"view","description":"Shows a file.","parameters":{"type":"object","properties":{"path":{"type":"string"}}}}}],
            "messages":[{"role":"system","content":"Be brief."},
            {"role":"user","content":[{"type":"text","text":"Look:"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]},
            {"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":[{"id":"a","type":"function","function":{"name":"view","arguments":"{\\"path\\": 1}"}},{"id":"b","type":"function","function":{"name":"functions_view","arguments":"{\\"arguments\\":\\"no json\\"}"}}]},
            {"role":"tool","tool_call_id":"a","content":"A"},
            {"role":"tool","tool_call_id":"b","content":"(nothing)"},
            {"role":"user","content":[{"type":"text","text":"Picture from the result of call a:"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]},
            {"role":"assistant","content":"Done."},
            {"role":"user","content":"Thanks."}]}
            """
                .replace("\n", ""));
  }

  @Test
  void aFieldThatAHostRefusesIsNotSentAgain() throws Exception {
    ScriptedProvider provider =
        provider(
            Reply.error(400, errorBody("x", "Unknown parameter: stream_options")),
            Reply.error(
                422, "{\"detail\":[{\"loc\":[\"body\",\"max_tokens\"],\"msg\":\"Extra inputs\"}]}"),
            Reply.error(400, errorBody("x", "Unrecognized argument: reasoning_effort")),
            Reply.say("x"),
            Reply.say("y"));
    HttpModel model = model(provider);
    Settings settings = new Settings(10, Optional.of(Effort.HIGH), Optional.empty());

    assertThat(model.answer(Requests.with(settings), _ -> {})).isInstanceOf(Replied.class);
    assertThat(model.answer(Requests.with(settings), _ -> {})).isInstanceOf(Replied.class);

    assertThat(provider.asked())
        .extracting(asked -> asked.body().replaceFirst(",\"messages.*", ""))
        .containsExactly(
            "{\"model\":\"asked-1\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"max_tokens\":10,\"reasoning_effort\":\"high\"",
            "{\"model\":\"asked-1\",\"stream\":true,\"max_tokens\":10,\"reasoning_effort\":\"high\"",
            "{\"model\":\"asked-1\",\"stream\":true,"
                + "\"max_completion_tokens\":10,\"reasoning_effort\":\"high\"",
            "{\"model\":\"asked-1\",\"stream\":true,\"max_completion_tokens\":10",
            "{\"model\":\"asked-1\",\"stream\":true,\"max_completion_tokens\":10");
  }

  @Test
  void aFieldThatIsWrongOtherwiseIsNotTakenAway() throws Exception {
    ScriptedProvider provider =
        provider(Reply.error(400, errorBody("x", "max_tokens is too large: 1000 > 500")));

    assertThat(((Failed) model(provider).answer(Requests.hello(), _ -> {})).failure())
        .isEqualTo(Failure.REQUEST);
    assertThat(provider.asked()).hasSize(1);
  }

  @Test
  void reasoningInDetailsIsPutTogetherAndSentBack() throws Exception {
    ScriptedProvider provider =
        provider(
            new Reply.Stream(
                """
                data: {"choices":[{"delta":{"reasoning":"a","reasoning_details":[{"type":"reasoning.text","text":"a","index":0}]}}]}

                data: {"choices":[{"delta":{"reasoning":"b","reasoning_details":[{"type":"reasoning.text","text":"b","signature":"s","index":0},{"type":"reasoning.encrypted","data":"e","index":1}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"x","function":{"name":"view","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}

                """),
            Reply.say("x"));
    Replied replied = (Replied) model(provider).answer(Requests.hello(), _ -> {});
    List<Message> messages =
        List.of(
            FromUser.text("Hello?"),
            replied.message(),
            new FromTools(List.of(new ToolResult("x", List.of(new Words("A")), false))));

    model(provider).answer(Requests.of(messages), _ -> {});

    assertThat(provider.asked().getLast().body())
        .contains(
            "\"reasoning\":\"ab\",\"reasoning_details\":["
                + "{\"type\":\"reasoning.text\",\"text\":\"ab\",\"index\":0,\"signature\":\"s\"},"
                + "{\"type\":\"reasoning.encrypted\",\"data\":\"e\",\"index\":1}]");
  }

  @Test
  void idsAreCutToNineWhereNineAreWanted() throws Exception {
    ScriptedProvider server = provider(Reply.say("x"));
    Endpoint endpoint = Endpoint.at(Requests.url(server.url()), Endpoint.Auth.BEARER);
    Provider provider =
        new Provider(
            "m",
            Protocol.OPENAI_CHAT,
            endpoint,
            new KeySource.None(),
            "",
            Set.of(Quirk.SHORT_CALL_IDS));
    List<Message> messages =
        List.of(
            FromUser.text("go"),
            new FromModel(
                List.of(
                    new ToolCall("call_of_another", "view", "{}"),
                    new ToolCall("abcDEF123", "view", "{}"))),
            new FromTools(List.of(new ToolResult("abcDEF123", List.of(), false))));

    Requests.model(provider, KEY).answer(Requests.of(messages), _ -> {});

    assertThat(server.asked().getFirst().body())
        .containsPattern("\"id\":\"[0-9a-f]{9}\"")
        .contains("\"id\":\"abcDEF123\"")
        .contains("\"tool_call_id\":\"abcDEF123\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1, '', BEARER, /v1/chat/completions",
    "/, '', BEARER, /chat/completions",
    "'', 2024-10-21, API_KEY,"
        + " /openai/deployments/asked-1/chat/completions?api-version=2024-10-21",
    "/openai/, 2024-10-21, API_KEY,"
        + " /openai/deployments/asked-1/chat/completions?api-version=2024-10-21",
    "/openai/deployments/x, v, API_KEY, /openai/deployments/x/chat/completions?api-version=v",
    "/openai/v1/, '', API_KEY, /openai/v1/chat/completions",
    "/openai/v1, preview, API_KEY, /openai/v1/chat/completions?api-version=preview"
  })
  void theAddressIsMadeOfTheBaseAndTheVersion(
      String base, String version, Endpoint.Auth auth, String expected) {
    Endpoint endpoint =
        new Endpoint(Requests.url("https://a.example" + base), List.of(), auth, version);

    assertThat(endpoint.reference(new OpenAiChat(), Requests.hello())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', /v1/messages",
    "/, /v1/messages",
    "/v1, /v1/messages",
    "/anthropic, /anthropic/v1/messages",
    "/anthropic/v1/, /anthropic/v1/messages"
  })
  void theVersionIsAddedToABaseThatHasNone(String base, String expected) {
    Endpoint endpoint =
        Endpoint.at(Requests.url("https://a.example" + base), Endpoint.Auth.X_API_KEY);

    assertThat(endpoint.reference(new Anthropic(), Requests.hello())).isEqualTo(expected);
  }

  @Test
  void aStreamWithoutItsLastLineAndWithoutUsageIsComplete() throws Exception {
    assertThat(
            answer(
                """
                data: {"choices":[{"index":0,"delta":{"role":"assistant"}}]}

                data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}

                """))
        .isEqualTo(replied(Stop.END, new Words("hi")));
  }

  @Test
  void aStreamThatOnlySaysItIsDoneIsComplete() throws Exception {
    assertThat(
            answer(
                """
                data: {"choices":[{"delta":{"content":"hi"},"finish_reason":null}],"usage":null}

                data: [DONE]

                """))
        .isEqualTo(replied(Stop.END, new Words("hi")));
  }

  @Test
  void anEmptyEventKeepsTheConnectionAwake() throws Exception {
    assertThat(
            answer(
                """
                data:

                data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}

                data:

                data: [DONE]

                """))
        .isEqualTo(replied(Stop.END, new Words("hi")));
  }

  @Test
  void callsWithoutIndexAndWithoutIdAreToldApartByTheirNames() throws Exception {
    assertThat(
            answer(
                """
                data: {"choices":[{"delta":{"tool_calls":[{"function":{"name":"a","arguments":{"x":1}}},{"function":{"name":"b","arguments":""}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"{\\"y\\":2}"}}]},"finish_reason":"stop"}]}

                """))
        .isEqualTo(
            replied(
                Stop.CALLS,
                new ToolCall("call_1_0", "a", "{\"x\":1}"),
                new ToolCall("call_1_1", "b", "{\"y\":2}")));
  }

  @Test
  void callsThatAllHaveIndexNothingAreToldApartByTheirIds() throws Exception {
    assertThat(
            answer(
                """
                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"p","function":{"name":"a","arguments":"{}"}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"q","function":{"name":"a","arguments":"{\\"x\\":"}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"q","function":{"name":"a","arguments":"3}"}}]},"finish_reason":"tool_calls"}]}

                """))
        .isEqualTo(
            replied(Stop.CALLS, new ToolCall("p", "a", "{}"), new ToolCall("q", "a", "{\"x\":3}")));
  }

  @Test
  void contentInPartsIsWordsAndReasoning() throws Exception {
    Replied replied =
        (Replied)
            answer(
                """
                data: {"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"hi"}]},"finish_reason":"stop"}]}

                """);

    assertThat(replied.message().parts())
        .containsExactly(new Reasoning("hm", new Fields().node()), new Words("hi"));
  }

  @Test
  void anErrorInTheMiddleIsNoAnswer() throws Exception {
    Failed failed =
        (Failed)
            answer(
                """
                data: {"choices":[{"delta":{"content":"hi"}}]}

                data: {"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"busy"}}}

                """);

    assertThat(failed.failure()).isEqualTo(Failure.RATE_LIMIT);
    assertThat(failed.message())
        .isEqualTo("scripted: status 429, \"Provider returned error: busy\"");
  }

  private ModelAnswer answer(String stream) throws Exception {
    return model(new Reply.Stream(stream)).answer(Requests.hello(), _ -> {});
  }

  private static Replied replied(Stop stop, Message.Said... parts) {
    return new Replied(new FromModel(List.of(parts)), stop, Usage.NONE, "asked-1");
  }
}
