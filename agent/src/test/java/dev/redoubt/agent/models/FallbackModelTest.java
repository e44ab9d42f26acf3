// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Message.FromModel;
import dev.redoubt.agent.api.Message.Words;
import dev.redoubt.agent.api.Model;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelAnswer.Failed;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelAnswer.Replied;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.agent.models.FallbackModel.Rules;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FallbackModelTest {

  private static final Rules ONCE = rules(1, Set.of());

  private final List<String> log = new ArrayList<>();

  @Test
  void aModelThatAnswersIsTheOnlyOneAsked() throws Exception {
    assertThat(ask(ONCE, choice("a", "eu", said("hi")), choice("b", "eu", said("no"))))
        .isEqualTo(said("hi"));
    assertThat(log).containsExactly("a asked for 100");
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void onlyWhatQualifiesLeadsToTheNext(Failure failure) throws Exception {
    ModelAnswer answer =
        ask(ONCE, choice("a", "eu", failed(failure)), choice("b", "eu", said("b")));

    boolean qualifies =
        Set.of(Failure.RATE_LIMIT, Failure.OVERLOADED, Failure.QUOTA).contains(failure);
    assertThat(answer).isEqualTo(qualifies ? said("b") : failed(failure));
    assertThat(log)
        .isEqualTo(
            qualifies
                ? List.of("a asked for 100", "a failed", "a -> b", "b asked for 100")
                : List.of("a asked for 100", "a failed"));
  }

  @Test
  void hopsAreCountedAndTheLastFailureStands() throws Exception {
    Rules one = new Rules(Rules.USUAL.qualifying(), 1, 1, Duration.ZERO, Set.of());

    assertThat(
            ask(
                one,
                choice("a", "eu", failed(Failure.RATE_LIMIT)),
                choice("b", "eu", failed(Failure.QUOTA)),
                choice("c", "eu", said("c"))))
        .isEqualTo(failed(Failure.QUOTA));
  }

  @Test
  void aProviderThatKeepsDataElsewhereIsNeverAsked() throws Exception {
    ModelAnswer answer =
        ask(
            rules(1, Set.of("eu", "local")),
            choice("a", "us", said("a")),
            choice("b", "eu", failed(Failure.QUOTA)),
            choice("c", "unknown", said("c")),
            choice("d", "local", said("d")));

    assertThat(answer).isEqualTo(said("d"));
    assertThat(log)
        .containsExactly(
            "a passed over: a keeps data in \"us\", and only eu, local is allowed",
            "b asked for 100",
            "b failed",
            "c passed over: c keeps data in \"unknown\", and only eu, local is allowed",
            "b -> d",
            "d asked for 100");
  }

  @Test
  void whenNobodyMayBeAskedThatIsTheAnswer() throws Exception {
    assertThat(ask(rules(1, Set.of("eu")), choice("a", "us", said("a"))))
        .isEqualTo(
            new Failed(
                Failure.REFUSED,
                "a keeps data in \"us\", and only eu is allowed",
                Optional.empty(),
                Usage.NONE));
    assertThat(ask(ONCE, choice("forbidden", "us", said("a"))))
        .isEqualTo(new Failed(Failure.REFUSED, "the guard says no", Optional.empty(), Usage.NONE));
  }

  @Test
  void waitingMayHelpAndIsDoneAsLongAsIsAskedFor() throws Exception {
    Failed limited = failed(Failure.RATE_LIMIT, Duration.ofSeconds(7));

    assertThat(
            ask(
                rules(3, Set.of()),
                choice("a", "eu", limited, failed(Failure.CONNECTION), said("a"))))
        .isEqualTo(said("a"));
    assertThat(log)
        .containsExactly(
            "a asked for 100",
            "a failed",
            "waits PT7S",
            "a asked for 100",
            "a failed",
            "waits PT2S",
            "a asked for 100");
  }

  @Test
  void whoAsksForTooLongAWaitIsLeft() throws Exception {
    assertThat(
            ask(
                rules(3, Set.of()),
                choice("a", "eu", failed(Failure.RATE_LIMIT, Duration.ofSeconds(31))),
                choice("b", "eu", said("b"))))
        .isEqualTo(said("b"));
    assertThat(log).doesNotContain("waits PT31S");
  }

  @Test
  void theLastResortComesAfterAllAndForAConnectionThatFailed() throws Exception {
    ModelChoice here = choice("here", "local", said("here"), said("here"));

    assertThat(ask(Optional.of(here), ONCE, choice("a", "eu", failed(Failure.CONNECTION))))
        .isEqualTo(said("here"));
    assertThat(ask(Optional.of(here), ONCE, choice("a", "eu", failed(Failure.REQUEST))))
        .isEqualTo(failed(Failure.REQUEST));
  }

  @Test
  void aSmallerModelIsAskedForNoMoreThanItCanSay() throws Exception {
    ModelChoice small =
        new ModelChoice(
            "s",
            "eu",
            "s-1",
            new Script("s", said("x")),
            new ModelChoice.Sizes(1000, 50),
            Optional.empty());

    ask(ONCE, small);

    assertThat(log).containsExactly("s asked for 50");
  }

  private static Rules rules(int attempts, Set<String> residencies) {
    return new Rules(Rules.USUAL.qualifying(), 3, attempts, Duration.ofSeconds(30), residencies);
  }

  private ModelAnswer ask(Rules rules, ModelChoice... chain) throws InterruptedException {
    return ask(Optional.empty(), rules, chain);
  }

  private ModelAnswer ask(Optional<ModelChoice> lastResort, Rules rules, ModelChoice... chain)
      throws InterruptedException {
    FallbackModel model =
        new FallbackModel(
            Arrays.asList(chain), lastResort, rules, new Log(), wait -> log.add("waits " + wait));
    ModelRequest hello = Requests.hello();
    return model.answer(
        new ModelRequest(
            "x",
            "",
            List.of(),
            hello.messages(),
            new ModelRequest.Settings(100, Optional.empty(), Optional.empty())),
        _ -> {});
  }

  private static Replied said(String text) {
    return new Replied(new FromModel(List.of(new Words(text))), Stop.END, Usage.NONE, "m");
  }

  private static Failed failed(Failure failure) {
    return new Failed(failure, "no", Optional.empty(), Usage.NONE);
  }

  private static Failed failed(Failure failure, Duration retryAfter) {
    return new Failed(failure, "no", Optional.of(retryAfter), Usage.NONE);
  }

  private ModelChoice choice(String name, String residency, ModelAnswer... answers) {
    return new ModelChoice(
        name,
        residency,
        name + "-1",
        new Script(name, answers),
        ModelChoice.Sizes.UNKNOWN,
        Optional.empty());
  }

  private final class Script implements Model {

    private final String name;
    private final Deque<ModelAnswer> answers;

    Script(String name, ModelAnswer... answers) {
      this.name = name;
      this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public ModelAnswer answer(ModelRequest request, Consumer<Delta> listener) {
      assertThat(request.model()).isEqualTo(name + "-1");
      log.add("%s asked for %d".formatted(name, request.settings().maxOutputTokens()));
      return answers.remove();
    }
  }

  private final class Log implements FallbackModel.Listener {

    @Override
    public Optional<String> objection(ModelChoice choice) {
      return choice.provider().equals("forbidden")
          ? Optional.of("the guard says no")
          : Optional.empty();
    }

    @Override
    public void failed(ModelChoice choice, Failed failed, Optional<Duration> waits) {
      log.add(choice.provider() + " failed");
    }

    @Override
    public void passedOver(ModelChoice choice, String why) {
      if (!choice.provider().equals("forbidden")) {
        log.add(choice.provider() + " passed over: " + why);
      }
    }

    @Override
    public void hops(ModelChoice from, ModelChoice to) {
      log.add(from.provider() + " -> " + to.provider());
    }
  }
}
