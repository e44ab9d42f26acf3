// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.engine.Finish.Cause;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {

  @TempDir private Path data;

  @Test
  void aSessionOfTwoHundredTurnsStaysWithinTheModel() {
    try (Bench bench = new Bench(data)) {
      bench.sizes = new ModelChoice.Sizes(4_000, 500);
      bench.tools = List.of(new LongTool());
      for (int i = 0; i < 200; i++) {
        bench.model.calls("long", "{\"n\":%d}".formatted(i)).onQuestion("# Goal\nto count\n");
      }
      bench.model.says("Done.");

      Finish finish = bench.prompt("count to two hundred");

      assertThat(finish.cause()).isEqualTo(Cause.DONE);
      assertThat(
              bench.model.requests.stream().mapToLong(CompactionTest::characters).max().orElse(0))
          .isBetween(8_000L, 16_000L);
      assertThat(bench.model.requests).hasSizeGreaterThan(205);
      String first = bench.model.requests.getLast().messages().getFirst().toString();
      assertThat(first).contains("count to two hundred", "# Goal", "to count");
      assertThat(bench.model.requests).allSatisfy(CompactionTest::everyCallHasItsResult);
      assertThat(bench.past().messages().subList(0, 1))
          .isEqualTo(bench.model.requests.getLast().messages().subList(0, 1));
      assertThat(bench.recorded().stream().filter(AgentEvent.Returned.class::isInstance))
          .hasSize(200);
    }
  }

  @Test
  void whatIsTooLongForTheProviderIsCutWithoutIt() {
    try (Bench bench = new Bench(data)) {
      for (int i = 0; i < 4; i++) {
        bench.model.calls("look", "{\"path\":\"/w/%d\"}".formatted(i));
      }
      bench.model.fails(Failure.TOO_LONG).says("Done.");

      assertThat(bench.prompt("look around").cause()).isEqualTo(Cause.DONE);
      assertThat(bench.model.requests.getLast().messages()).hasSize(5);
      assertThat(bench.past().messages().getFirst().toString()).contains("look around");
    }
  }

  private static void everyCallHasItsResult(ModelRequest request) {
    List<Message> messages = request.messages();
    assertThat(messages.getFirst()).isInstanceOf(Message.FromUser.class);
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i) instanceof Message.FromModel model && !model.calls().isEmpty()) {
        assertThat(((Message.FromTools) messages.get(i + 1)).results())
            .extracting(result -> result.callId())
            .isEqualTo(model.calls().stream().map(ToolCall::id).toList());
      }
      if (messages.get(i) instanceof Message.FromTools) {
        assertThat(messages.get(i - 1)).isInstanceOf(Message.FromModel.class);
      }
    }
  }

  private static long characters(ModelRequest request) {
    return request.messages().toString().length();
  }
}
