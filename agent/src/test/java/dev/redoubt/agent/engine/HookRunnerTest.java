// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.api.HookAnswer;
import dev.redoubt.agent.api.HookAnswer.Ruling;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.sandbox.Manner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookRunnerTest {

  private static final HookRunner.About CALL =
      new HookRunner.About(Moment.PRE_TOOL, "call_1", "bash", "");

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
  void whatOneHookRewritesTheNextOneSeesAndTheFirstNoEndsTheRound() throws Exception {
    Node.Obj changed = new Payload().text("command", "ls").object();

    HookRunner.Said said =
        runner(
                hook("a", new HookAnswer.Said(Ruling.NONE, "", Optional.of(changed), "one")),
                hook("b", new HookAnswer.Said(Ruling.NONE, "", Optional.empty(), "two")),
                hook("c", new HookAnswer.Said(Ruling.DENY, "no", Optional.empty(), "three")),
                hook("d", HookAnswer.Said.NOTHING))
            .at(CALL, arguments());

    assertThat(told)
        .containsExactly(
            "a {\"command\":\"pwd\"}", "b {\"command\":\"ls\"}", "c {\"command\":\"ls\"}");
    assertThat(said.denial().orElseThrow().reason()).isEqualTo("the hook c said no: no");
    assertThat(said.arguments()).contains(changed);
    assertThat(said.contexts()).containsExactly("[From the hook a]\none", "[From the hook b]\ntwo");
    assertThat(outcomes()).containsExactly("a none", "b none", "c deny");
  }

  @Test
  void onlyAGateHookDeniesByFailing() throws Exception {
    HookAnswer failed = new HookAnswer.Failed("it broke");

    assertThat(runner(hook("a", failed)).at(CALL, arguments()).denial()).isEmpty();
    assertThat(
            runner(hook("b", failed, Hook.Right.GATE)).at(CALL, arguments()).denial().orElseThrow())
        .hasToString(
            "Deny[rule=hook.failed, reason=the hook b has to agree and failed: it broke,"
                + " remedies=[]]");
    Hook broken =
        new FakeHook("c", CALL.moment(), Set.of(Hook.Right.GATE)) {
          @Override
          public Asking ask(Node.Obj input) {
            throw new IllegalStateException("secret detail");
          }
        };
    assertThat(runner(broken).at(CALL, arguments()).denial().orElseThrow().reason())
        .contains("IllegalStateException")
        .doesNotContain("secret detail");
    assertThat(outcomes()).containsExactly("a failed", "b failed", "c failed");
  }

  @Test
  void whatAHookMayNotSayIsAFailure() throws Exception {
    HookAnswer yes = new HookAnswer.Said(Ruling.ALLOW, "", Optional.empty(), "");
    HookAnswer rewrite =
        new HookAnswer.Said(Ruling.NONE, "", Optional.of(arguments().object()), "");
    HookRunner.About ask = new HookRunner.About(Moment.ON_ASK, "", "", "run");

    assertThat(runner(new FakeHook("a", ask.moment(), Set.of(), yes)).at(ask, new Payload()))
        .isEqualTo(HookRunner.Said.NOTHING);
    assertThat(
            runner(new FakeHook("b", ask.moment(), Set.of(Hook.Right.ALLOWS), yes))
                .at(ask, new Payload())
                .allowed())
        .isTrue();
    HookRunner.About action = new HookRunner.About(Moment.PRE_TOOL, "", "bash", "run");
    assertThat(runner(hook("c", rewrite, Hook.Right.GATE)).at(action, arguments()).denial())
        .isPresent();
    assertThat(outcomes()).containsExactly("a failed", "b allow", "c failed");
  }

  @Test
  void aCommandOfAHookGoesThroughTheGate() throws Exception {
    Hook denied = acting("denied", "/w/secret", Hook.Right.GATE, Hook.Right.VOUCHED);
    Hook vouched = acting("vouched", "/w/doubt", Hook.Right.GATE, Hook.Right.VOUCHED);
    Hook asked = acting("asked", "/w/doubt", Hook.Right.GATE);

    assertThat(runner(denied).at(CALL, arguments()).denial().orElseThrow().reason())
        .contains("test.secret");
    assertThat(runner(asked).at(CALL, arguments()).denial()).isPresent();
    assertThat(bench.done).isEmpty();
    assertThat(runner(vouched).at(CALL, arguments()).denial()).isEmpty();
    assertThat(bench.done).containsExactly("delete /w/doubt");
  }

  private HookRunner runner(Hook... hooks) {
    Doors doors =
        new Doors(
            List.of(new Bench.ByWords()),
            Approver.NEVER,
            bench.world,
            Person.NOBODY,
            List.of(hooks),
            java.util.Map.of());
    return new HookRunner(doors, new Journal(bench.log, bench.events::add));
  }

  private List<String> outcomes() {
    return bench.recorded().stream()
        .filter(AgentEvent.Hooked.class::isInstance)
        .map(AgentEvent.Hooked.class::cast)
        .map(hooked -> hooked.hook() + " " + hooked.outcome())
        .toList();
  }

  private static Payload arguments() {
    return new Payload().node("arguments", new Payload().text("command", "pwd").object());
  }

  private Hook hook(String name, HookAnswer answer, Hook.Right... rights) {
    return new FakeHook(name, Moment.PRE_TOOL, Set.of(rights), answer);
  }

  private Hook acting(String name, String path, Hook.Right... rights) {
    return new FakeHook(name, Moment.PRE_TOOL, Set.of(rights)) {
      @Override
      public Asking ask(Node.Obj input) {
        return new Asking.ByAction(
            new Action.Delete(Path.of(path)), Manner.quiet(), _ -> HookAnswer.Said.NOTHING);
      }
    };
  }

  private class FakeHook implements Hook {

    private final String name;
    private final Moment moment;
    private final Set<Right> rights;
    private final HookAnswer answer;

    FakeHook(String name, Moment moment, Set<Right> rights) {
      this(name, moment, rights, HookAnswer.Said.NOTHING);
    }

    FakeHook(String name, Moment moment, Set<Right> rights, HookAnswer answer) {
      this.name = name;
      this.moment = moment;
      this.rights = rights;
      this.answer = answer;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Moment moment() {
      return moment;
    }

    @Override
    public Set<Right> rights() {
      return rights;
    }

    @Override
    public boolean concerns(String tool, String action) {
      return true;
    }

    @Override
    public Asking ask(Node.Obj input) {
      input.get("arguments").ifPresent(arguments -> told.add(name + " " + JsonText.of(arguments)));
      return new Asking.AtAddress(() -> answer);
    }
  }
}
