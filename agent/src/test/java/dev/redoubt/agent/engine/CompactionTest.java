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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "QUOTA, UPSTREAM, 13",
    "REFUSED, DENIED, 13",
    "CREDENTIALS, UPSTREAM, 13",
    "TOO_LONG, DONE, 4"
  })
  void whoDoesNotWriteTheLedgerTakesNothingAway(Failure failure, Cause cause, int kept) {
    try (Bench bench = new Bench(data)) {
      bench.tools = List.of(new LongTool());
      for (int i = 0; i < 6; i++) {
        bench.model.calls("long", "{\"n\":%d}".formatted(i));
      }
      bench.model.says("Enough.");
      assertThat(bench.prompt("count").cause()).isEqualTo(Cause.DONE);
      bench.sizes = new ModelChoice.Sizes(2_000, 100);
      bench.model.failsTheLedger(failure).says("Done.");

      assertThat(bench.prompt("go on").cause()).isEqualTo(cause);

      List<Message> messages = bench.past().messages();
      assertThat(messages.toString()).doesNotContain(Compaction.question());
      assertThat(messages).hasSize(kept + 2);
    }
  }

  @Test
  void anAnswerThatIsTheLedgerIsATurn() {
    try (Bench bench = new Bench(data)) {
      bench.sizes = new ModelChoice.Sizes(4_000, 500);
      bench.tools = List.of(new LongTool());
      bench.run = new Budget(OptionalInt.of(20), OptionalLong.empty(), Optional.empty());
      for (int i = 0; i < 20; i++) {
        bench.model.calls("long", "{\"n\":%d}".formatted(i)).onQuestion("# Goal\n");
      }
      for (int turns = 1; turns < 12; turns++) {
        int before = bench.model.requests.size();
        bench.run = new Budget(OptionalInt.of(turns), OptionalLong.empty(), Optional.empty());
        assertThat(bench.prompt("count").cause()).isEqualTo(Cause.BUDGET);
        assertThat(bench.model.requests.size() - before).isEqualTo(turns);
        for (int i = 0; i < 12; i++) {
          bench.model.calls("long", "{\"n\":%d}".formatted(i));
        }
      }
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
