// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.ModelRequest.Effort;
import dev.redoubt.agent.api.ModelRequest.Settings;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiTest extends ModelContract {

  @Override
  Protocol protocol() {
    return Protocol.GEMINI;
  }

  @Override
  Dialect dialect() {
    return Dialect.GEMINI;
  }

  @Override
  Map.Entry<String, String> keyHeader() {
    return Map.entry("x-goog-api-key", KEY);
  }

  @Override
  Reasoning reasoning(String text, String seal) {
    return new Reasoning(
        text,
        Fields.of("protocol", "gemini").put("thoughtSignature", seal).put("at", "call").node());
  }

  @Override
  List<Message.Said> everythingSaid() {
    return List.of(
        new Reasoning("Let me think.", new Fields().node()),
        new Words("I look \u00e9\uD83D\uDE00."),
        reasoning("", "c2VhbA=="),
        new ToolCall("call_1_0", "view", "{\"path\":\"a\"}"),
        new ToolCall("call_1_1", "view", "{\"path\":\"\u00e9\"}"));
  }

  @Override
  String errorBody(String type, String message) {
    return "{\"error\":{\"code\":0,\"message\":\"%s\",\"status\":\"%s\"}}".formatted(message, type);
  }

  @Test
  void theRequestIsWhatTheFormatSays() throws Exception {
    ScriptedProvider provider = provider(Reply.say("x"));
    List<Message> messages =
        List.of(
            new FromUser(List.of(new Words("Look:"), PICTURE)),
            new FromModel(
                List.of(
                    new Reasoning("hm", new Fields().node()),
                    new Words("I look."),
                    reasoning("", "c2Vs"),
                    new ToolCall("a", "view", "{\"path\":1}"),
                    new ToolCall("b", "list", "{}"))),
            new FromTools(
                List.of(
                    new ToolResult("a", List.of(new Words("A"), PICTURE), false),
                    new ToolResult("b", List.of(new Words("B")), true))));

    model(provider).answer(Requests.of(messages), _ -> {});

    assertThat(provider.asked().getFirst().target())
        .isEqualTo("/v1beta/models/asked-1:streamGenerateContent?alt=sse");
    assertThat(provider.asked().getFirst().body())
        .isEqualTo(
            """
            {"systemInstruction":{"parts":[{"text":"Be brief."}]},
            "tools":[{"functionDeclarations":[{"name":"view","description":"Shows a file.","parameters":{"type":"object","properties":{"path":{"type":"string"}}}}]}],
            "generationConfig":{"maxOutputTokens":1000},
            "contents":[{"role":"user","parts":[{"text":"Look:"},{"inlineData":{"mimeType":"image/png","data":"AQID"}}]},
            {"role":"model","parts":[{"text":"I look."},{"functionCall":{"name":"view","args":{"path":1}},"thoughtSignature":"c2Vs"},{"functionCall":{"name":"list","args":{}}}]},
            {"role":"user","parts":[{"functionResponse":{"name":"view","response":{"output":"A"}}},{"functionResponse":{"name":"list","response":{"error":"B"}}},{"inlineData":{"mimeType":"image/png","data":"AQID"}}]}]}
            """
                .replace("\n", ""));
  }

  @Test
  void effortIsTheLevelOrTheBudgetOfThinking() throws Exception {
    ScriptedProvider provider =
        provider(
            Reply.error(
                400, errorBody("INVALID_ARGUMENT", "Thinking level is not supported here.")),
            Reply.say("x"));

    model(provider)
        .answer(
            Requests.with(new Settings(10, Optional.of(Effort.LOW), Optional.empty())), _ -> {});

    assertThat(provider.asked().getFirst().body())
        .contains("\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingLevel\":\"low\"}");
    assertThat(provider.asked().getLast().body())
        .contains("\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingBudget\":2048}");
  }

  @Test
  void callsOfAnotherModelAreSignedWhenThatIsWanted() throws Exception {
    ScriptedProvider provider =
        provider(
            Reply.error(
                400, errorBody("INVALID_ARGUMENT", "Function call is missing a thought_signature")),
            Reply.say("x"));
    List<Message> messages =
        List.of(
            FromUser.text("go"),
            new FromModel(List.of(new ToolCall("a", "view", "{}"))),
            new FromTools(List.of(new ToolResult("a", List.of(new Words("A")), false))));

    assertThat(model(provider).answer(Requests.of(messages), _ -> {})).isInstanceOf(Replied.class);

    assertThat(provider.asked().getLast().body())
        .contains("\"args\":{}},\"thoughtSignature\":\"skip_thought_signature_validator\"}");
  }

  @ParameterizedTest
  @CsvSource({"RECITATION, FILTERED", "PROHIBITED_CONTENT, FILTERED", "OTHER, END"})
  void theRarerReasonsToStopAreKnown(String reason, Stop stop) throws Exception {
    String events = "data: {\"candidates\":[{\"finishReason\":\"%s\"}]}\n\n".formatted(reason);

    assertThat(model(new Reply.Stream(events)).answer(Requests.hello(), _ -> {}))
        .isEqualTo(new Replied(new FromModel(List.of()), stop, Usage.NONE, "asked-1"));
  }

  @Test
  void aPromptThatIsBlockedAndACallThatCannotBeReadAreTold() throws Exception {
    String blocked = "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n";
    String bad = "data: {\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}\n\n";

    assertThat(
            ((Replied) model(new Reply.Stream(blocked)).answer(Requests.hello(), _ -> {})).stop())
        .isEqualTo(Stop.FILTERED);
    assertThat(((Failed) model(new Reply.Stream(bad)).answer(Requests.hello(), _ -> {})).failure())
        .isEqualTo(Failure.MALFORMED);
  }

  @Test
  void theBodyOfALimitSaysHowLongItHolds() throws Exception {
    String minute =
        """
        [{"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[
        {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerMinutePerProject"}]},
        {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.5s"}]}}]
        """;

    Failed limited = (Failed) model(Reply.error(429, minute)).answer(Requests.hello(), _ -> {});
    assertThat(limited.failure()).isEqualTo(Failure.RATE_LIMIT);
    assertThat(limited.retryAfter()).contains(Duration.ofMillis(34_500));
    Failed day =
        (Failed)
            model(Reply.error(429, minute.replace("PerMinute", "PerDay")))
                .answer(Requests.hello(), _ -> {});
    assertThat(day.failure()).isEqualTo(Failure.QUOTA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':['string','null'],'$schema':'x'} | {'type':'string','nullable':true}",
        "{'type':['string','integer']} | {'anyOf':[{'type':'string'},{'type':'integer'}]}",
        "{'const':'a'} | {'enum':['a'],'type':'string'}",
        "{'type':'integer','enum':[1,2]} | {'type':'integer'}",
        "{'type':'string','format':'uri','default':'x'} | {'type':'string'}",
        "{'oneOf':[{'type':'string'},{'type':'object','additionalProperties':false}]}"
            + " | {'anyOf':[{'type':'string'},{'type':'object'}]}",
        "{'allOf':[{'properties':{'a':{'type':'string'}},'required':['a']},"
            + "{'properties':{'b':{'type':'number'}},'required':['b']}]} |"
            + " {'properties':{'a':{'type':'string'},'b':{'type':'number'}},'required':['a','b']}",
        "{'$ref':'#/$defs/x','$defs':{'x':{'type':'string'}}} | {'type':'string'}",
        "{'$ref':'#/gone'} | {}",
        "{'$ref':'elsewhere'} | {}"
      })
  void aSchemaIsCutToWhatIsUnderstood(String schema, String expected) throws Exception {
    Node read = AnswerJson.read(schema.replace('\'', '"').getBytes(UTF_8));

    assertThat(JsonText.of(GeminiSchema.of(read)).replace('"', '\'')).isEqualTo(expected);
  }

  @Test
  void aSchemaThatContainsItselfEnds() throws Exception {
    Node read =
        AnswerJson.read(
            "{\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"type\":\"object\","
                + "\"properties\":{\"l\":{\"$ref\":\"#/$defs/n\"},\"r\":{\"$ref\":\"#/$defs/n\"}}}}}");

    assertThat(JsonText.of(GeminiSchema.of(read))).hasSizeLessThan(50_000);
  }

  @Test
  void aModelMayBeNamedWithItsFolder() {
    ModelRequest hello = Requests.hello();
    ModelRequest tuned =
        new ModelRequest("tunedModels/x", "", List.of(), hello.messages(), hello.settings());

    assertThat(new Gemini().path(tuned)).isEqualTo("/tunedModels/x:streamGenerateContent?alt=sse");
  }
}
