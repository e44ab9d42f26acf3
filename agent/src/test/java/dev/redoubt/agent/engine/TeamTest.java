// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Crew.Hiring;
import dev.redoubt.agent.api.Crew.Standing;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.agent.sessions.Transcript;
import dev.redoubt.sandbox.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeamTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path data;
  private Bench bench;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch busy = new CountDownLatch(1);

  @BeforeEach
  void open() {
    bench = new Bench(data);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void anAgentThatCannotGoOnYetStaysAsItWas() throws Exception {
    bench.world =
        (permit, _) -> {
          permit.spend();
          reached.countDown();
          try {
            busy.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Outcome.Changed();
        };
    bench.model.says("the first").calls("look", "{}");
    Team team = new Team(new Team.Limits(1, 9, 1), new Hands());
    bench.engine().lead(team);

    String first = hired(team);
    team.await(List.of(first), LONG);
    team.stop(first);
    Standing before = team.standings().getFirst();
    String second = hired(team);
    reached.await();

    assertThat(team.tell(first, "go on").orElseThrow()).contains("no more may");
    assertThat(team.standings().getFirst()).isEqualTo(before);
    assertThat(team.tell(first, "go on").orElseThrow()).contains("no more may");
    assertThat(team.tell(second, "hurry")).isEmpty();

    team.stop(second);
    bench.model.says("more");
    assertThat(team.tell(first, "go on")).isEmpty();
    team.await(List.of(first), LONG);
    assertThat(team.standings().getFirst().text()).isEqualTo("more");
    team.endAll();
  }

  @Test
  void whatGoesWrongWhileHiringLosesNoPlace() {
    Hands hands = new Hands();
    Team team = new Team(new Team.Limits(1, 1, 1), hands);
    bench.engine().lead(team);
    hands.broken = true;
    assertThatThrownBy(() -> hired(team)).isInstanceOf(IllegalStateException.class);

    hands.broken = false;
    bench.model.says("done");
    assertThat(hired(team)).isEqualTo("agent-1");
    team.endAll();
  }

  @Test
  void aLimitOnMoneyHoldsHoweverDeep() {
    bench.run =
        new Budget(OptionalInt.empty(), OptionalLong.empty(), Optional.of(new Cost(1_000_000_000)));
    Hands hands = new Hands();
    Engine top = bench.engine();
    EngineSettings free =
        new EngineSettings(
            "",
            top.settings().answers(),
            Budget.UNLIMITED,
            Budget.UNLIMITED,
            EngineSettings.Day.UNLIMITED,
            top.settings().patience());
    List<Boolean> limited = new ArrayList<>();
    FinalCheck inTheMiddle =
        whenDone(() -> {
          Engine child = hands.child(top, free);
          limited.add(child.limitsMoney());
          bench.model.says("below");
          child.work(
              List.of(new Message.Words("x")),
              new Steering(),
              List.of(whenDone(() -> limited.add(hands.child(child, free).limitsMoney()))));
        });
    bench.model.says("above");

    top.work(List.of(new Message.Words("x")), bench.steering, List.of(inTheMiddle));

    assertThat(limited).containsExactly(true, true);
  }

  private static FinalCheck whenDone(Runnable act) {
    return new FinalCheck() {
      @Override
      public Optional<String> objection(String text, Effects effects) {
        act.run();
        return Optional.empty();
      }

      @Override
      public int repairs() {
        return 0;
      }
    };
  }

  private static String hired(Team team) {
    Crew.Order order = new Crew.Order("do it", "", "", List.of(), Crew.Ground.WORKSPACE);
    return ((Hiring.Hired) team.hire(order)).agent();
  }

  private final class Hands implements Team.Recruiter {

    private boolean broken;
    private int hired;

    @Override
    public List<Crew.Kind> kinds() {
      return List.of();
    }

    @Override
    public Team.Recruit recruit(Engine leader, Crew.Order order, Optional<Team> below) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      SessionLog log = log(leader);
      return new Team.Recruit(
          child(leader, leader.settings(), log), log, Optional.empty(), List.of());
    }

    @Override
    public Optional<Crew.Worktree> kept(String id) {
      return Optional.empty();
    }

    private SessionLog log(Engine leader) {
      SessionId id = leader.session().child(++hired);
      return SessionLog.open(bench.folder, id, Clock.systemUTC());
    }

    private Engine child(Engine leader, EngineSettings how) {
      return child(leader, how, log(leader));
    }

    private Engine child(Engine leader, EngineSettings how, SessionLog log) {
      Engine.Session session = new Engine.Session(log, Transcript.EMPTY, _ -> {});
      return leader.child(leader.models(), bench.tools, how, session);
    }
  }
}
