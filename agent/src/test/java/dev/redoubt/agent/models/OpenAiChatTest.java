// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Message.Reasoning;
import dev.redoubt.agent.api.Message.Words;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Failed;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelAnswer.Replied;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

  private static Replied replied(Stop stop, dev.redoubt.agent.api.Message.Said... parts) {
    return new Replied(
        new dev.redoubt.agent.api.Message.FromModel(List.of(parts)), stop, Usage.NONE, "asked-1");
  }
}
