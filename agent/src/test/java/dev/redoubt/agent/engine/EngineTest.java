// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.AgentEvent.Status;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.api.ModelAnswer.Stop;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.agent.engine.Finish.Cause;
import dev.redoubt.agent.sessions.Transcript;
import dev.redoubt.agent.tools.BuiltInTools;
import dev.redoubt.agent.tools.Services;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {

  @TempDir private Path data;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(data);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void everyStepIsAnEventInOrder() {
    bench.model.calls("look", "{\"path\":\"/w/a\"}").says("It is there.");

    Finish finish = bench.prompt("is it there?");

    assertThat(finish.event())
        .isEqualTo(
            new AgentEvent.Ended(
                Status.DONE,
                "It is there.",
                "",
                ScriptedModel.USAGE.plus(ScriptedModel.USAGE),
                Optional.of(new Cost(400_000))));
    assertThat(bench.done).containsExactly("read /w/a");
    assertThat(bench.types())
        .containsExactly(
            "prompt",
            "decision",
            "request",
            "answer",
            "decision",
            "tool-result",
            "decision",
            "request",
            "answer",
            "end");
    assertThat(bench.recorded()).hasSameSizeAs(bench.events);
  }

  @Test
  void theNextRequestBeginsWithTheOneBefore() {
    bench.model.calls("look", "{}").calls("change", "{}").says("done");

    bench.prompt("go");
    bench.model.says("again");
    bench.prompt("and again");

    for (int i = 1; i < bench.model.requests.size(); i++) {
      ModelRequest before = bench.model.requests.get(i - 1);
      ModelRequest after = bench.model.requests.get(i);
      assertThat(after.messages().subList(0, before.messages().size()))
          .isEqualTo(before.messages());
      assertThat(after.tools()).isEqualTo(before.tools());
      assertThat(after.instructions()).isEqualTo(before.instructions());
    }
    assertThat(bench.model.requests).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "look    | {\"path\":        | the arguments are not JSON",
        "look    | [1]               | the arguments are no JSON object",
        "lookup  | {}                | there is no tool \"lookup\"; did you mean look?",
        "teleport| {}                | there is no tool \"teleport\"; there are: look, change",
        "look    | {\"breaks\":true} | the tool failed",
        "look    | {\"question\":\"a or b?\"} | nobody is there to answer",
        "look    | {\"path\":\"/w/secret\"} | denied: it is secret (rule test.secret). The person"
            + " can allow it with: --allow 'read:/w/secret'.",
        "change  | {\"path\":\"/w/doubt\"} | not approved: it is doubtful (rule test.doubt)"
      })
  void aCallThatCannotBeDoneIsAFailedResult(String tool, String arguments, String text) {
    bench.model.calls(tool, arguments).says("I see.");

    Finish finish = bench.prompt("go");

    assertThat(finish.cause()).isEqualTo(Cause.DONE);
    assertThat(bench.results().getFirst().failed()).isTrue();
    assertThat(bench.resultText()).startsWith(text);
    assertThat(bench.done).isEmpty();
  }

  @Test
  void aCallWithoutArgumentsIsOneWithNone() {
    bench.model.calls("look", "").says("I see.");

    bench.prompt("go");

    assertThat(bench.done).containsExactly("read /w/file");
  }

  @Test
  void aRefusalInTheMiddleEndsTheCall() {
    bench.model.calls("change", "{\"paths\":[\"/w/a\",\"/w/secret\",\"/w/b\"]}").says("hm");

    bench.prompt("go");

    assertThat(bench.done).containsExactly("delete /w/a");
    assertThat(bench.resultText()).startsWith("denied: it is secret");
  }

  @Test
  void whatAPatchChangedBeforeItWasRefusedIsSaidAndRecorded() {
    bench.tools =
        BuiltInTools.of(
                Path.of("/w"), new Services(bench.log.blobs(), Optional.empty(), Optional.empty()))
            .stream()
            .filter(tool -> tool.spec().name().equals("apply_patch"))
            .toList();
    bench.world =
        (permit, _) ->
            permit.spend() instanceof Action.Write
                ? new Outcome.Changed()
                : new Outcome.Failed("it is not there");
    bench.approver =
        (action, _) -> action instanceof Action.Write ? Approver.Answer.NO : Approver.Answer.YES;
    bench.model.answers(
        new ToolCall(
            "a",
            "apply_patch",
            "{\"patch\":\"*** Begin Patch\\n*** Add File: one\\n+1\\n*** Add File: doubt\\n+2\\n"
                + "*** Add File: three\\n+3\\n*** End Patch\"}"));
    bench.model.says("So be it.");

    bench.prompt("go");

    assertThat(bench.results().toString())
        .contains("not approved: it is doubtful", "Done before it:", "wrote one")
        .doesNotContain("three");
    Node.Obj facts = bench.past().uses().getLast().facts();
    assertThat(facts.text("refused")).contains("test.doubt");
    assertThat(facts.items("changes")).hasSize(1);
    assertThat(facts.items("changes").getFirst().text("path")).contains("one");
  }

  @Test
  void aYesIsWrittenBeforeItCounts() {
    bench.approver =
        (_, _) -> {
          assertThat(bench.types()).endsWith("answer", "decision");
          return Approver.Answer.YES;
        };
    bench.model.calls("change", "{\"path\":\"/w/doubt\"}").says("done");

    bench.prompt("go");

    assertThat(bench.done).containsExactly("delete /w/doubt");
    assertThat(bench.recorded()).contains(new AgentEvent.Approved("call-1", "test.doubt", "yes"));
  }

  @ParameterizedTest
  @CsvSource({"/w/secret, DENIED", "/w/doubt, UNANSWERED"})
  void anEndWithoutWordsAfterARefusalIsARefusal(String path, Cause cause) {
    bench.model.calls("change", "{\"path\":\"%s\"}".formatted(path)).says("");

    assertThat(bench.prompt("go").cause()).isEqualTo(cause);
  }

  @Test
  void callsWithOneIdAreToldApart() {
    bench.model.answers(
        new ToolCall("a", "look", "{\"path\":\"/w/1\"}"),
        new ToolCall("a", "look", "{\"path\":\"/w/2\"}"),
        new ToolCall("a-2", "look", "{\"path\":\"/w/3\"}"));
    bench.model.says("Seen.");

    bench.prompt("go");

    assertThat(bench.results()).extracting(ToolResult::callId).containsExactly("a", "a-3", "a-2");
    assertThat(bench.results()).extracting(ToolResult::content).doesNotHaveDuplicates();
    assertThat(bench.past().messages().subList(0, 3))
        .isEqualTo(bench.model.requests.getLast().messages());
  }

  @Test
  void ofThousandsOfCallsTheFirstAreDoneAndTheRestIsSaid() {
    Message.Said[] calls = new Message.Said[5000];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = new ToolCall("c" + i, "change", "{\"path\":\"/w/%d\"}".formatted(i));
    }
    bench.model.answers(calls).says("Done.");

    assertThat(bench.prompt("go").cause()).isEqualTo(Cause.DONE);

    assertThat(bench.done).hasSize(128);
    assertThat(bench.model.requests.getLast().messages().getLast().toString())
        .contains("You made 5000 calls in one answer.");
  }

  @Test
  void aProviderThatIsDeniedIsNotAsked() {
    bench.tools = List.of();
    bench.price = Optional.empty();
    Doors doors =
        new Doors(List.of(new Bench.ByWords()), Approver.NEVER, bench.world, Person.NOBODY);
    assertThat(doors.guards()).hasSize(1);
    Engine engine =
        new Engine(
            ModelChain.of(
                new dev.redoubt.agent.api.ModelChoice(
                    "secretive",
                    "unknown",
                    "large",
                    bench.model,
                    dev.redoubt.agent.api.ModelChoice.Sizes.UNKNOWN,
                    Optional.empty())),
            List.of(),
            doors,
            new EngineSettings(
                "",
                new ModelRequest.Settings(10, Optional.empty(), Optional.empty()),
                Budget.UNLIMITED,
                Budget.UNLIMITED,
                EngineSettings.Day.UNLIMITED,
                Patience.usual(bench.slept::add)),
            new Engine.Session(bench.log, bench.past(), bench.events::add));

    Finish finish = engine.work(List.of(new Message.Words("go")), bench.steering, List.of());

    assertThat(finish.cause()).isEqualTo(Cause.DENIED);
    assertThat(bench.model.requests).isEmpty();
  }

  @Test
  void callsThatLookOverlap() {
    CountDownLatch all = new CountDownLatch(3);
    bench.world =
        (permit, _) -> {
          permit.spend();
          all.countDown();
          await(all);
          return new Outcome.Changed();
        };
    bench
        .model
        .answers(look("1", "/w/a"), look("2", "/w/b"), look("3", "/w/c"))
        .says("I saw them.");

    bench.prompt("go");

    assertThat(bench.results()).extracting(ToolResult::callId).containsExactly("1", "2", "3");
  }

  @Test
  void callsThatChangeWaitForThoseBefore() {
    bench
        .model
        .answers(change("1", "/w/a"), look("2", "/w/b"), change("3", "/w/c"), change("4", "/w/d"))
        .says("done");

    bench.prompt("go");

    assertThat(bench.done)
        .containsExactly("delete /w/a", "read /w/b", "delete /w/c", "delete /w/d");
  }

  @Test
  void aLongResultIsCutAndTheRestCanBeRead() {
    String whole = "x".repeat(50_000) + "é".repeat(50_000);
    bench.tools = List.of();
    Clip clip = new Clip(bench.log.blobs());

    List<Message.Seen> cut = clip.of(List.of(new Message.Words(whole)));

    String text = ((Message.Words) cut.getFirst()).text();
    assertThat(text.length()).isLessThan(Clip.LONGEST);
    assertThat(text)
        .startsWith("x".repeat(20_000) + "\n[… 71000 of 100000 characters left out")
        .endsWith("…]\n" + "é".repeat(9_000));
    String reference = text.replaceFirst("(?s).*\"reference\": \"(out-[0-9a-f]{12})\".*", "$1");
    assertThat(bench.log.blobs().text(reference)).contains(whole);
    assertThat(bench.log.blobs().text("out-000000000000")).isEmpty();
    assertThat(bench.log.blobs().text("../../lock")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"RATE_LIMIT", "OVERLOADED", "CONNECTION", "MALFORMED"})
  void aFailureThatPassesIsWaitedFor(Failure failure) {
    bench.model.fails(failure).fails(failure, Duration.ofSeconds(7)).says("here I am");

    assertThat(bench.prompt("go").cause()).isEqualTo(Cause.DONE);
    assertThat(bench.slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"QUOTA", "CREDENTIALS", "TOO_LONG", "REQUEST"})
  void aFailureThatStaysEndsIt(Failure failure) {
    bench.model.fails(failure);

    Finish finish = bench.prompt("go");

    assertThat(finish.cause()).isEqualTo(Cause.UPSTREAM);
    assertThat(finish.event().reason()).isEqualTo("it failed: " + failure);
    assertThat(bench.slept).isEmpty();
  }

  @Test
  void patienceEnds() {
    for (int i = 0; i < 5; i++) {
      bench.model.fails(Failure.OVERLOADED);
    }

    assertThat(bench.prompt("go").cause()).isEqualTo(Cause.UPSTREAM);
    assertThat(bench.slept).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L);
  }

  @Test
  void aProviderThatWantsAnHourIsGivenUp() {
    bench.model.fails(Failure.RATE_LIMIT, Duration.ofHours(1));

    assertThat(bench.prompt("go").cause()).isEqualTo(Cause.UPSTREAM);
  }

  @Test
  void whatOthersSpendWhileItWorksCountsForTheDay() {
    bench.model.calls("look", "{\"paths\":[\"a\"]}").says("never");
    AtomicInteger others = new AtomicInteger(1);
    bench.day =
        new EngineSettings.Day(
            new Budget(OptionalInt.of(3), OptionalLong.empty(), Optional.empty()),
            () -> new Transcript.Spent(others.getAndIncrement(), Usage.NONE, Cost.NONE, 0));

    Finish finish = bench.prompt("go");

    assertThat(finish.cause()).isEqualTo(Cause.BUDGET);
    assertThat(finish.event().reason()).contains("the work of this day may take 3 turns");
    assertThat(bench.model.requests).hasSize(1);
  }

  @Test
  void aDayThatCannotBeCountedEndsItBeforeAModelIsAsked() {
    bench.day =
        new EngineSettings.Day(
            new Budget(OptionalInt.empty(), OptionalLong.empty(), Optional.of(new Cost(5))),
            () -> {
              throw new RedoubtException(ErrorCode.UNREADABLE, "a log is damaged");
            });

    Finish finish = bench.prompt("go");

    assertThat(finish.cause()).isEqualTo(Cause.BUDGET);
    assertThat(finish.event().reason())
        .isEqualTo("the limit of this day cannot be kept: a log is damaged");
    assertThat(bench.model.requests).isEmpty();
  }

  @Test
  void aLimitOfTurnsEndsCleanly() {
    bench.run = new Budget(OptionalInt.of(2), OptionalLong.empty(), Optional.empty());
    bench.model.calls("look", "{}").calls("look", "{\"path\":\"/w/b\"}").says("never heard");

    Finish finish = bench.prompt("go");

    assertThat(finish.cause()).isEqualTo(Cause.BUDGET);
    assertThat(finish.event().reason()).isEqualTo("this run may take 2 turns");
    assertThat(bench.model.requests).hasSize(2);
    assertThat(bench.past().messages().getLast()).isInstanceOf(Message.FromTools.class);
  }

  @Test
  void aLimitOfTokensOrMoneyEndsCleanly() {
    bench.run = new Budget(OptionalInt.empty(), OptionalLong.of(150), Optional.empty());
    bench.model.calls("look", "{}").calls("change", "{}");
    assertThat(bench.prompt("go").event().reason())
        .isEqualTo("this run may use 150 tokens and has used 220");
    assertThat(bench.model.requests.getLast().settings().maxOutputTokens()).isEqualTo(40);

    bench.run = Budget.UNLIMITED;
    bench.session =
        new Budget(OptionalInt.empty(), OptionalLong.empty(), Optional.of(new Cost(500_000)));
    bench.model.calls("look", "{}");
    assertThat(bench.prompt("go").event().reason())
        .isEqualTo("this session may cost $0.0005 and has cost $0.0006");
  }

  @Test
  void aLimitOfTokensHoldsWhereNobodyCounts() {
    bench.run = new Budget(OptionalInt.empty(), OptionalLong.of(100), Optional.empty());
    bench.model.counts(Usage.NONE).calls("look", "{}").calls("look", "{\"path\":\"/w/b\"}");

    Finish finish = bench.prompt("x".repeat(1000));

    assertThat(finish.cause()).isEqualTo(Cause.BUDGET);
    assertThat(finish.event().usage()).isEqualTo(new Usage(254, 0, 0, 20));
    assertThat(finish.event().cost()).contains(Bench.PRICE.of(finish.event().usage()));
    bench.run = new Budget(OptionalInt.empty(), OptionalLong.empty(), Optional.of(new Cost(400)));
    assertThat(bench.prompt("x".repeat(1000)).event().reason()).startsWith("this run may cost $");
  }

  @Test
  void aModelThatGoesInCirclesIsToldOnceAndThenEnded() {
    for (int i = 0; i < 20; i++) {
      bench.model.calls("look", "{\"path\":\"/w/%d\"}".formatted(i % 2));
    }

    Finish finish = bench.prompt("go");

    assertThat(finish.cause()).isEqualTo(Cause.NOT_ACHIEVED);
    assertThat(bench.model.requests).hasSize(10);
    assertThat(bench.recorded().stream().filter(AgentEvent.Prompted.class::isInstance)).hasSize(2);
  }

  @Test
  void theSameCallWithAnotherResultIsProgress() {
    bench.tools = List.of(new CountingTool());
    for (int i = 0; i < 10; i++) {
      bench.model.calls("count", "{}");
    }
    bench.model.says("ten");

    assertThat(bench.prompt("go").cause()).isEqualTo(Cause.DONE);
  }

  @Test
  void wordsThatWereCutOffGoOn() {
    bench
        .model
        .answers(Stop.LENGTH, new Message.Words("one, "))
        .answers(Stop.END, new Message.Words("two"));

    assertThat(bench.prompt("count").event().text()).isEqualTo("one, two");
  }

  @Test
  void aCallThatMayHaveBeenCutOffIsNotDone() {
    bench.model.answers(Stop.LENGTH, change("1", "/w/a")).says("smaller");

    bench.prompt("go");

    assertThat(bench.done).isEmpty();
    assertThat(bench.resultText()).contains("repeat it in smaller pieces");
  }

  @Test
  void whatAPersonSaysMeanwhileIsHeardBeforeTheNextAnswer() {
    bench.world =
        (permit, _) -> {
          permit.spend();
          bench.steering.say("the other one");
          return new Outcome.Changed();
        };
    bench.model.calls("look", "{}").says("Right.").says("Never mind.");

    bench.prompt("go");

    assertThat(bench.model.requests.getLast().messages().getLast())
        .isEqualTo(Message.FromUser.text("the other one"));
  }

  @Test
  void anInterruptEndsTheWorkAndEveryCallHasAResult() {
    bench.world =
        (permit, _) -> {
          permit.spend();
          Thread.currentThread().interrupt();
          return new Outcome.Changed();
        };
    bench.model.answers(change("1", "/w/a"), change("2", "/w/b"), look("3", "/w/c"));

    Finish finish = bench.prompt("go");

    assertThat(finish.cause()).isEqualTo(Cause.CANCELLED);
    assertThat(Thread.interrupted()).isFalse();
    List<Message> messages = bench.past().messages();
    assertThat(((Message.FromTools) messages.getLast()).results())
        .extracting(ToolResult::failed)
        .containsExactly(false, true, true);
    bench.model.says("going on");
    assertThat(bench.prompt("go on").cause()).isEqualTo(Cause.DONE);
  }

  @Test
  void anInterruptWhileTheModelThinksLosesNothing() {
    assertThat(bench.prompt("go").cause()).isEqualTo(Cause.CANCELLED);

    assertThat(bench.past().messages()).containsExactly(Message.FromUser.text("go"));
  }

  @Test
  void whatCannotBeWrittenIsNotDone() {
    bench.model.calls("change", "{}").says("never");
    bench.world =
        (_, _) -> {
          throw new AssertionError("it was done");
        };
    Engine engine = bench.engine();
    bench.log.close();

    assertThatThrownBy(
            () -> engine.work(List.of(new Message.Words("go")), bench.steering, List.of()))
        .isInstanceOfAny(RedoubtException.class, IllegalStateException.class);
    assertThat(bench.model.requests).isEmpty();
    bench = new Bench(data);
  }

  @Test
  void anObjectionIsFollowedAsOftenAsItMayBe() {
    bench.checks.add(new Never());
    bench.model.says("done").says("really").says("honestly").says("no more");

    Finish finish = bench.prompt("go");

    assertThat(finish.cause()).isEqualTo(Cause.NOT_ACHIEVED);
    assertThat(finish.event().reason()).isEqualTo("it is not");
    assertThat(finish.event().text()).isEqualTo("honestly");
    assertThat(bench.done).containsExactly("delete /w/a", "delete /w/a", "delete /w/a");
  }

  private record Never() implements FinalCheck {
    @Override
    public Optional<String> objection(String text, Effects effects) throws InterruptedException {
      effects.perform(new dev.redoubt.guard.Action.Delete(Path.of("/w/a")), Manner.quiet());
      return Optional.of("it is not");
    }

    @Override
    public int repairs() {
      return 2;
    }
  }

  private static ToolCall look(String id, String path) {
    return new ToolCall(id, "look", "{\"path\":\"%s\"}".formatted(path));
  }

  private static ToolCall change(String id, String path) {
    return new ToolCall(id, "change", "{\"path\":\"%s\"}".formatted(path));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
