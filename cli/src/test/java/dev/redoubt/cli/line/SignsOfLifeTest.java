// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignsOfLifeTest {

  private static final Decision ALLOW = new Decision.Allow("a.b", "yes");
  private static final Decision ASK = new Decision.Ask("a.b", "who?", List.of());
  private static final Decision DENY = new Decision.Deny("a.b", "no", List.of());

  private final Lines lines = new Lines();
  private Duration now = Duration.ofHours(1);
  private final SignsOfLife life = new SignsOfLife(lines, () -> now.toNanos());

  @Test
  void aCommandThatRunsIsSpokenOfLessAndLess() {
    life.take(decided("1", "run", ALLOW));
    for (int second = 0; second < 200; second++) {
      life.look();
      now = now.plusSeconds(1);
    }
    assertThat(lines.shown)
        .containsExactly(
            "  still running, 10 s: make",
            "  still running, 30 s: make",
            "  still running, 1 min: make",
            "  still running, 2 min: make",
            "  still running, 3 min: make");
  }

  @Test
  void whatIsOverWaitsForAnAnswerOrIsNoCommandIsNotSpokenOf() {
    life.take(decided("over", "run", ALLOW));
    life.take(
        new AgentEvent.Returned(
            new ToolResult("over", List.of(new Message.Words("x")), false),
            "bash",
            new Payload().object(),
            Duration.ZERO));
    life.take(decided("asked", "run", ASK));
    life.take(decided("denied", "run", DENY));
    life.take(decided("read", "read", ALLOW));
    life.take(decided("20261122-101500-3f9a2c1b-s1/1", "run", ALLOW));
    later();
    assertThat(lines.shown).isEmpty();

    life.take(new AgentEvent.Approved("asked", "a.b", "yes"));
    life.look();
    assertThat(lines.shown).isEmpty();
    later();
    assertThat(lines.shown).hasSize(1);
  }

  @Test
  void aNoMeansThatNothingRuns() {
    life.take(decided("asked", "run", ASK));
    life.take(new AgentEvent.Approved("asked", "a.b", "no"));
    later();
    assertThat(lines.shown).isEmpty();
  }

  @Test
  void nothingForeignSteersTheTerminal() {
    life.take(
        new AgentEvent.Decided("1", "run", "a\n\u001b[2Jb" + "x".repeat(200), "policy", ALLOW));
    later();
    assertThat(lines.shown)
        .singleElement()
        .asString()
        .contains("a <U+001B>[2Jb")
        .doesNotContain("\u001b", "\n")
        .hasSizeLessThan(140);
  }

  @Test
  void itLooksUntilItIsClosed() throws Exception {
    life.take(decided("1", "run", ALLOW));
    now = now.plusSeconds(20);
    try (SignsOfLife.Watch watch = life.watch()) {
      assertThat(watch).isNotNull();
      assertThat(lines.first.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void later() {
    now = now.plusSeconds(15);
    life.look();
  }

  private static AgentEvent decided(String call, String action, Decision decision) {
    return new AgentEvent.Decided(call, action, "make", "policy", decision);
  }

  private static final class Lines implements Console {

    private final List<String> shown = new ArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);

    @Override
    public Typed read(Prompt prompt) {
      return new Typed.Left();
    }

    @Override
    public void show(String line) {
      shown.add(line);
      first.countDown();
    }

    @Override
    public void gap() {}

    @Override
    public void call() {}

    @Override
    public void leave() {}

    @Override
    public Style style() {
      return new Style(Style.Look.PLAIN);
    }

    @Override
    public int columns() {
      return 80;
    }

    @Override
    public void close() {}
  }
}
