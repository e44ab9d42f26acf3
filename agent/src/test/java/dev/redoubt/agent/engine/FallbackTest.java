// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.Price;
import dev.redoubt.agent.engine.Finish.Cause;
import dev.redoubt.agent.engine.ModelChain.Rules;
import dev.redoubt.evidence.Payload;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FallbackTest {

  private static final Price DEAR =
      new Price(BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN);

  @TempDir private Path data;
  private Bench bench;
  private final ScriptedModel second = new ScriptedModel();
  private final ScriptedModel third = new ScriptedModel();
  private final ScriptedModel small = new ScriptedModel();
  private Rules rules = rules(3, 1, Set.of());
  private String secondAt = "us";
  private Optional<ModelChoice> lastResort = Optional.empty();
  private Optional<ModelChoice> helper = Optional.empty();

  @BeforeEach
  void open() {
    bench = new Bench(data);
    bench.chain =
        first ->
            new ModelChain(
                List.of(
                    first,
                    choice("beta", secondAt, second, Optional.of(DEAR)),
                    choice("gamma", "eu", third, Optional.empty())),
                lastResort,
                helper,
                rules);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void onlyWhatQualifiesLeadsToTheNext(Failure failure) {
    for (int i = 0; i < 5; i++) {
      bench.model.fails(failure);
    }
    second.says("Two.");

    Finish finish = bench.prompt("go");

    boolean qualifies =
        Set.of(Failure.RATE_LIMIT, Failure.OVERLOADED, Failure.QUOTA).contains(failure);
    assertThat(finish.cause() == Cause.DONE).isEqualTo(qualifies);
    assertThat(second.requests).hasSize(qualifies ? 1 : 0);
    boolean waits = Set.of(Failure.CONNECTION, Failure.MALFORMED).contains(failure);
    assertThat(bench.model.requests).hasSize(waits ? 5 : 1);
  }

  @Test
  void aHopIsShownRecordedGatedAndPaidForAsWhatAnswered() {
    bench.model.fails(Failure.QUOTA);
    second.says("Two.");

    Finish finish = bench.prompt("go");

    assertThat(bench.recorded())
        .contains(
            new AgentEvent.Noted(
                "fallback", "acme/large failed (quota): asking beta/beta-1 instead"),
            new AgentEvent.Asked("beta", "beta-1", "us", 1, 1));
    assertThat(bench.events)
        .filteredOn(AgentEvent.Decided.class::isInstance)
        .extracting(event -> ((AgentEvent.Decided) event).about())
        .containsExactly("acme (eu)", "beta (us)");
    assertThat(finish.event().cost()).contains(DEAR.of(ScriptedModel.USAGE));
    assertThat(second.requests.getFirst().model()).isEqualTo("beta-1");
    assertThat(second.requests.getFirst().settings().maxOutputTokens()).isEqualTo(500);
  }

  @Test
  void hopsAreCountedAndTheLastFailureStands() {
    rules = rules(1, 1, Set.of());
    bench.model.fails(Failure.RATE_LIMIT);
    second.fails(Failure.QUOTA);

    Finish finish = bench.prompt("go");

    assertThat(finish.cause()).isEqualTo(Cause.UPSTREAM);
    assertThat(finish.event().reason()).isEqualTo("it failed: QUOTA");
    assertThat(third.requests).isEmpty();
  }

  @Test
  void aProviderThatKeepsDataElsewhereIsNeverAsked() {
    rules = rules(3, 1, Set.of("eu"));
    bench.model.fails(Failure.OVERLOADED);
    third.says("Three.");

    assertThat(bench.prompt("go").event().text()).isEqualTo("Three.");
    assertThat(second.requests).isEmpty();
    assertThat(bench.recorded())
        .contains(
            new AgentEvent.Noted(
                "fallback",
                "beta/beta-1 is not asked: beta keeps data in \"us\", and only eu is allowed"));
  }

  @Test
  void whenNobodyMayBeAskedNobodyIs() {
    rules = rules(3, 1, Set.of("moon"));

    Finish finish = bench.prompt("go");

    assertThat(finish.cause()).isEqualTo(Cause.DENIED);
    assertThat(finish.event().reason())
        .isEqualTo("acme keeps data in \"eu\", and only moon is allowed (rule models.residency)");
    assertThat(bench.model.requests).isEmpty();
  }

  @Test
  void whatTheGuardDeniesIsPassedOver() {
    secondAt = "secret-island";
    bench.model.fails(Failure.OVERLOADED);
    third.says("Three.");

    assertThat(bench.prompt("go").cause()).isEqualTo(Cause.DONE);
    assertThat(second.requests).isEmpty();
  }

  @Test
  void aModelThatAsksForALongPauseIsNotWaitedForWhenThereIsAnother() {
    rules = rules(3, 2, Set.of());
    bench.model.fails(Failure.RATE_LIMIT, Duration.ofSeconds(3));
    bench.model.fails(Failure.RATE_LIMIT, Duration.ofSeconds(3));
    second.fails(Failure.RATE_LIMIT, Duration.ofSeconds(50));
    third.fails(Failure.RATE_LIMIT, Duration.ofSeconds(50)).says("Three.");

    assertThat(bench.prompt("go").event().text()).isEqualTo("Three.");
    assertThat(bench.slept).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(50));
  }

  @Test
  void theLastResortIsAskedWhenNoConnectionWorks() {
    ScriptedModel local = new ScriptedModel().says("From here.");
    lastResort = Optional.of(choice("local", "local", local, Optional.empty()));
    for (int i = 0; i < 5; i++) {
      bench.model.fails(Failure.CONNECTION);
    }

    assertThat(bench.prompt("go").event().text()).isEqualTo("From here.");
    assertThat(second.requests).isEmpty();
  }

  @Test
  void whoAnsweredStaysForAWhileAndTheFirstIsTriedAgain() {
    bench.model.fails(Failure.OVERLOADED).says("Back.");
    for (int i = 0; i < 21; i++) {
      second.calls("look", "{\"path\":\"/w/%d\"}".formatted(i));
    }

    assertThat(bench.prompt("go").event().text()).isEqualTo("Back.");
    assertThat(second.requests).hasSize(21);
    assertThat(bench.model.requests).hasSize(2);
  }

  @Test
  void whenWhoStaysFailsThoseBeforeItAreAskedAgain() {
    rules = rules(2, 1, Set.of());
    bench.model.fails(Failure.OVERLOADED).says("Back.");
    second.calls("look", "{}").fails(Failure.QUOTA);
    third.fails(Failure.OVERLOADED);

    assertThat(bench.prompt("go").event().text()).isEqualTo("Back.");

    rules = rules(1, 1, Set.of());
    bench.model.fails(Failure.OVERLOADED);
    second.calls("look", "{}").fails(Failure.QUOTA);
    third.fails(Failure.QUOTA);
    assertThat(bench.prompt("go").cause()).isEqualTo(Cause.UPSTREAM);
    assertThat(bench.model.requests).hasSize(3);
  }

  @Test
  void whatAnotherModelThoughtStaysItsOwnWhenTheSessionGoesOn() {
    Message.Reasoning sealed =
        new Message.Reasoning("hm", new Payload().text("protocol", "x").object());
    bench.model.fails(Failure.QUOTA).says("One.").says("One more.");
    second.answers(Stop.END, sealed, new Message.Words("Two.")).says("Two more.");
    Engine engine = bench.engine();
    engine.work(List.of(new Message.Words("go")), bench.steering, bench.checks);

    engine.work(List.of(new Message.Words("go on")), bench.steering, bench.checks);
    bench.prompt("again");

    assertThat(bench.model.requests).hasSize(3);
    assertThat(bench.model.requests.toString()).contains("Two.").doesNotContain("hm");
    bench.model.fails(Failure.QUOTA);
    bench.prompt("and again");
    assertThat(second.requests.getLast().messages().toString()).contains("hm");
  }

  @Test
  void whatAnotherModelThoughtIsNotSentAlong() {
    Message.Reasoning sealed =
        new Message.Reasoning("hm", new Payload().text("protocol", "x").object());
    bench.model.answers(Stop.CALLS, sealed, new dev.redoubt.agent.api.ToolCall("c1", "look", "{}"));
    bench.model.fails(Failure.QUOTA);
    second.says("Two.");

    bench.prompt("go");

    assertThat(bench.model.requests.getLast().messages().toString()).contains("hm");
    assertThat(second.requests.getFirst().messages().toString()).doesNotContain("hm");
    assertThat(second.requests.getFirst().messages()).hasSize(3);
  }

  @Test
  void theSmallModelWritesTheLedgerWhenItFits() {
    helper = Optional.of(choice("tiny", "eu", small.onQuestion("# Goal\nby tiny\n")));
    bench.sizes = new ModelChoice.Sizes(4_000, 500);
    bench.tools = List.of(new LongTool());
    for (int i = 0; i < 12; i++) {
      bench.model.calls("long", "{\"n\":%d}".formatted(i)).onQuestion("by acme");
    }
    bench.model.says("Done.");

    assertThat(bench.prompt("count").cause()).isEqualTo(Cause.DONE);

    assertThat(small.requests).isNotEmpty();
    assertThat(bench.model.requests.getLast().messages().getFirst().toString()).contains("by tiny");
    assertThat(bench.recorded().toString()).doesNotContain("by acme");
  }

  private static Rules rules(int hops, int attempts, Set<String> residencies) {
    return new Rules(Rules.USUAL.qualifying(), hops, attempts, Duration.ofSeconds(30), residencies);
  }

  private static ModelChoice choice(String provider, String residency, ScriptedModel model) {
    return choice(provider, residency, model, Optional.empty());
  }

  private static ModelChoice choice(
      String provider, String residency, ScriptedModel model, Optional<Price> price) {
    return new ModelChoice(
        provider, residency, provider + "-1", model, new ModelChoice.Sizes(100_000, 500), price);
  }
}
