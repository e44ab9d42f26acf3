// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Model;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.agent.sessions.SessionIndex;
import dev.redoubt.agent.sessions.SessionSummary;
import dev.redoubt.document.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TitlingTest {

  private static final Usage USED = new Usage(30, 0, 0, 4);

  @TempDir private Path data;
  private Bench bench;
  private final List<ModelRequest> asked = new ArrayList<>();
  private Model small = (request, _) -> replied(request, "Sums that fail");
  private Set<String> residencies = Set.of();

  @BeforeEach
  void open() {
    bench = new Bench(data);
    bench.chain =
        first ->
            new ModelChain(
                List.of(first),
                Optional.empty(),
                Optional.of(
                    new ModelChoice(
                        "tiny",
                        "us",
                        "t1",
                        new Called(),
                        ModelChoice.Sizes.UNKNOWN,
                        Optional.of(Bench.PRICE))),
                new ModelChain.Rules(
                    ModelChain.Rules.USUAL.qualifying(),
                    1,
                    1,
                    java.time.Duration.ofSeconds(1),
                    residencies));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theSmallModelNamesASessionOnceAndItsCostCounts() {
    bench.model.says("Fixed.").says("Again.");
    Engine engine = bench.engine();
    work(engine, "make the sums pass");
    work(engine, "and now?");
    engine.end();

    SessionSummary summary = SessionIndex.of(bench.folder).getFirst();
    assertThat(summary.title()).isEqualTo("Sums that fail");
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().messages())
        .containsExactly(Message.FromUser.text("make the sums pass"));
    assertThat(asked.getFirst().tools()).isEmpty();
    assertThat(bench.recorded())
        .contains(
            new AgentEvent.Titled(
                "Sums that fail", "tiny/t1", USED, Optional.of(Bench.PRICE.of(USED))));
    assertThat(summary.spent().turns()).isEqualTo(2);
    assertThat(summary.spent().usage())
        .isEqualTo(USED.plus(ScriptedModel.USAGE).plus(ScriptedModel.USAGE));
    assertThat(bench.past().messages().toString()).doesNotContain("Sums that fail");
  }

  @Test
  void whatATitleUsedCountsForTheLimitsOfWhatComesThen() {
    bench.model.says("Fixed.").says("never");
    bench.session = new Budget(OptionalInt.empty(), OptionalLong.of(120), Optional.empty());
    Engine engine = bench.engine();
    assertThat(work(engine, "go").cause()).isEqualTo(Finish.Cause.DONE);
    engine.end();

    assertThat(work(engine, "on").event().reason())
        .isEqualTo("this session may use 120 tokens and has used 144");
  }

  @Test
  void aTurnDoesNotWaitForATitleAndAPersonsNameStays() {
    CountDownLatch never = new CountDownLatch(1);
    small =
        (_, _) -> {
          never.await();
          throw new AssertionError("nobody counts it down");
        };
    bench.model.says("Fixed.");
    Engine engine = bench.engine();
    work(engine, "make the sums pass");
    engine.end();
    assertThat(SessionIndex.of(bench.folder).getFirst().title()).isEqualTo("make the sums pass");

    bench.log.append(new AgentEvent.Named("mine"));
    bench.log.append(new AgentEvent.Titled("late", "tiny/t1", USED, Optional.empty()));
    assertThat(SessionIndex.of(bench.folder).getFirst().title()).isEqualTo("mine");
  }

  @ParameterizedTest
  @MethodSource("titles")
  void aTitleIsOnePlainLine(String said, String title) {
    small = (request, _) -> replied(request, said);
    bench.model.says("Fixed.");
    run("go");
    assertThat(SessionIndex.of(bench.folder).getFirst().title()).isEqualTo(title);
  }

  static List<Arguments> titles() {
    return List.of(
        Arguments.of("\"Sums\"", "Sums"),
        Arguments.of("**Sums**\n", "Sums"),
        Arguments.of("\n a\tb \nc", "a b"),
        Arguments.of("Sums\u001b[31m red\u202e\u200b", "Sums[31m red"),
        Arguments.of("\u0007", "go"));
  }

  @Test
  void aLongTitleIsCut() {
    small = (request, _) -> replied(request, "x".repeat(500));
    bench.model.says("Fixed.");
    Engine engine = bench.engine();
    work(engine, "go");
    engine.end();
    assertThat(SessionIndex.of(bench.folder).getFirst().title()).isEqualTo("x".repeat(60) + "…");
  }

  @Test
  void whatFailsLeavesTheBeginningOfThePrompt() {
    small =
        (_, _) ->
            new ModelAnswer.Failed(
                ModelAnswer.Failure.OVERLOADED, "no room", Optional.empty(), Usage.NONE);
    bench.model.says("Fixed.");
    Engine engine = bench.engine();
    work(engine, "make the sums pass");
    engine.end();
    assertThat(SessionIndex.of(bench.folder).getFirst().title()).isEqualTo("make the sums pass");
    assertThat(bench.types()).doesNotContain("title", "no-answer");
  }

  @Test
  void whereTheSmallModelMayNotBeAskedThereIsNoTitle() {
    residencies = Set.of("eu");
    bench.model.says("Fixed.");
    Engine engine = bench.engine();
    assertThat(work(engine, "go").cause()).isEqualTo(Finish.Cause.DONE);
    engine.end();
    assertThat(asked).isEmpty();
  }

  @Test
  void aHookOfModelsOrASessionThatGoesOnMeansNoTitle() {
    bench.hooks.add(new SeesModels());
    bench.model.says("1").says("2").says("3");
    run("go");
    bench.hooks.clear();
    run("on");
    assertThat(asked).isEmpty();
  }

  private void run(String prompt) {
    Engine engine = bench.engine();
    work(engine, prompt);
    engine.end();
  }

  private Finish work(Engine engine, String prompt) {
    return engine.work(List.of(new Message.Words(prompt)), bench.steering, bench.checks);
  }

  private static ModelAnswer replied(ModelRequest request, String title) {
    assertThat(request.model()).isEqualTo("t1");
    return new ModelAnswer.Replied(
        new Message.FromModel(List.of(new Message.Words(title))), Stop.END, USED, "t1");
  }

  private record SeesModels() implements Hook {
    @Override
    public String name() {
      return "sees";
    }

    @Override
    public Moment moment() {
      return Moment.PRE_MODEL;
    }

    @Override
    public Set<Right> rights() {
      return Set.of();
    }

    @Override
    public boolean concerns(String tool, String action) {
      return false;
    }

    @Override
    public Asking ask(Node.Obj input) {
      throw new AssertionError("it is not concerned");
    }
  }

  private final class Called implements Model {
    @Override
    public ModelAnswer answer(ModelRequest request, Consumer<Delta> listener)
        throws InterruptedException {
      asked.add(request);
      return small.answer(request, listener);
    }
  }
}
