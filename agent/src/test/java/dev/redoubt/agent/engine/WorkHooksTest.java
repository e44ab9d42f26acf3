// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.api.HookAnswer;
import dev.redoubt.agent.api.HookAnswer.Ruling;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.agent.engine.Finish.Cause;
import dev.redoubt.document.Node;
import dev.redoubt.sandbox.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkHooksTest {

  @TempDir private Path data;
  private Bench bench;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void open() {
    bench = new Bench(data);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatWasRefusedBeforeAModelIsShownAgainUntilTheHookAgrees() {
    bench.hooks.add(hook(Moment.PRE_MODEL, text -> text.contains("badge 7")));
    bench.model.says("one").says("two").says("never");
    Engine engine = bench.engine();

    assertThat(cause(engine, "first")).isEqualTo(Cause.DONE);
    assertThat(cause(engine, "my badge 7")).isEqualTo(Cause.DENIED);
    assertThat(cause(engine, "and now?")).isEqualTo(Cause.DENIED);
    assertThat(cause(bench.engine(), "resumed")).isEqualTo(Cause.DENIED);

    assertThat(told)
        .containsExactly(
            "pre_model first",
            "pre_model one|my badge 7",
            "pre_model one|my badge 7|and now?",
            "pre_model one|my badge 7|and now?|resumed");
    assertThat(bench.model.requests).hasSize(1);
  }

  @Test
  void resultsOfACancelledTurnAreShownWithTheNextPrompt() {
    bench.hooks.add(hook(Moment.PRE_MODEL, _ -> false));
    bench.world =
        (permit, _) -> {
          permit.spend();
          Thread.currentThread().interrupt();
          return new Outcome.Changed();
        };
    bench.model.calls("look", "{\"path\":\"/w/a\"}").says("done");
    Engine engine = bench.engine();

    assertThat(cause(engine, "look")).isEqualTo(Cause.CANCELLED);
    assertThat(cause(engine, "go on")).isEqualTo(Cause.DONE);

    assertThat(told).hasSize(2);
    assertThat(told.getLast()).contains("look /w/a").endsWith("|go on");
  }

  @Test
  void afterACompactionEveryNewMessageIsShown() throws Exception {
    bench.hooks.add(hook(Moment.PRE_MODEL, _ -> false));
    bench.model.onQuestion("The ledger.");
    for (int i = 0; i < 6; i++) {
      bench.model.says("answer " + i);
    }
    Engine engine = bench.engine();
    for (int i = 0; i < 5; i++) {
      cause(engine, "prompt " + i);
    }
    assertThat(engine.compact()).isTrue();
    told.clear();

    cause(engine, "the last");

    assertThat(told).singleElement().asString().contains("The ledger.").endsWith("|the last");
  }

  @Test
  void aSessionDoesNotStartUntilTheStartHookAgrees() throws Exception {
    for (int i = 0; i < 5; i++) {
      bench.model.says("answer " + i);
      bench.prompt("prompt " + i);
    }
    boolean[] closed = {true};
    bench.hooks.add(hook(Moment.SESSION_START, _ -> closed[0]));
    bench.hooks.add(hook(Moment.SESSION_END, _ -> false));
    bench.model.onQuestion("never").says("at last").says("more");
    Engine engine = bench.engine();

    engine.end();
    assertThat(cause(engine, "one")).isEqualTo(Cause.DENIED);
    assertThat(cause(engine, "two")).isEqualTo(Cause.DENIED);
    engine.compact();
    assertThat(bench.model.requests).hasSize(5);
    closed[0] = false;
    assertThat(cause(engine, "three")).isEqualTo(Cause.DONE);
    assertThat(cause(engine, "four")).isEqualTo(Cause.DONE);
    engine.end();
    engine.end();

    assertThat(told)
        .containsExactly(
            "session_start resumed",
            "session_start resumed",
            "session_start resumed",
            "session_start resumed",
            "session_end done");
  }

  private Cause cause(Engine engine, String prompt) {
    return engine.work(List.of(new Message.Words(prompt)), bench.steering, List.of()).cause();
  }

  private Hook hook(Moment moment, Predicate<String> denies) {
    return new Hook() {
      @Override
      public String name() {
        return moment.word();
      }

      @Override
      public Moment moment() {
        return moment;
      }

      @Override
      public Set<Right> rights() {
        return Set.of(Right.GATE);
      }

      @Override
      public boolean concerns(String tool, String action) {
        return true;
      }

      @Override
      public Asking ask(Node.Obj input) {
        List<String> added =
            input.items("added").stream()
                .map(Node.Obj.class::cast)
                .map(message -> message.text("text").orElseThrow())
                .toList();
        String text =
            input
                .text("source")
                .or(() -> input.text("status"))
                .orElseGet(() -> String.join("|", added));
        told.add(moment.word() + " " + text);
        Ruling ruling = denies.test(text) ? Ruling.DENY : Ruling.NONE;
        return new Asking.AtAddress(() -> new HookAnswer.Said(ruling, "no", Optional.empty(), ""));
      }
    };
  }
}
