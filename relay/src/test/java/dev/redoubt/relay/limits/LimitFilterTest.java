// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Asked;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitFilterTest {

  /// A clock that stands until it is set.
  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  private static final Window ALWAYS = Window.always(ZoneOffset.UTC);

  @TempDir Path folder;

  private final Hands clock = new Hands();
  private final LimitFilter.Running running = new LimitFilter.Running();
  private int ids;

  private LimitFilter filter(String server, String agent, Limit... limits) {
    return new LimitFilter(
        server, () -> List.of(agent), List.of(limits), new DayCounts(folder), running, clock);
  }

  private static Limit limit(Limit.Rates rates, Limit.Each... each) {
    return new Limit("few", new Limit.Scope("*", "*", "*"), Set.of(each), rates, ALWAYS);
  }

  private String call(LimitFilter filter, String tool) {
    return asked(filter, "tools/call", Map.of("name", tool));
  }

  private String asked(LimitFilter filter, String method, Map<String, String> params) {
    ids++;
    Map<String, Node> fields = new TreeMap<>();
    params.forEach((key, value) -> fields.put(key, new Node.Text(value, 1)));
    return said(
        filter.judge(
            new Passing(
                Direction.TO_SERVER,
                new RpcMessage.Request(RpcId.of(ids), method, Optional.of(new Node.Obj(fields, 1))),
                Optional.empty()),
            (_, _) -> {
              throw new IllegalStateException("nobody is asked");
            }));
  }

  private static void answer(LimitFilter filter, int id, String text) {
    filter.judge(
        new Passing(
            Direction.TO_CLIENT,
            new RpcMessage.Result(
                RpcId.of(id), new Node.Obj(Map.of("text", new Node.Text(text, 1)), 1)),
            Optional.of(new Asked("tools/call", Optional.empty()))),
        (_, _) -> {
          throw new IllegalStateException("nobody is asked");
        });
  }

  private static String said(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Passes _ -> "passes";
      case Ruling.Blocks(String rule, String reason, var _, var _) -> rule + ": " + reason;
      case Ruling.Changes _, Ruling.Remarks _ -> "another ruling";
    };
  }

  @Test
  void callsOfAnySixtySecondsAreCounted() {
    LimitFilter filter = filter("s", "a", limit(new Limit.Rates(2, 0, 0, 0)));

    assertThat(call(filter, "t")).isEqualTo("passes");
    clock.pass(Duration.ofSeconds(40));
    assertThat(call(filter, "u")).isEqualTo("passes");
    assertThat(call(filter, "t"))
        .isEqualTo(
            "limits.few: the limit few: 2 calls of this minute are made;"
                + " again at 2026-11-22T10:01:00Z, in 20 s");
    clock.pass(Duration.ofSeconds(20));
    assertThat(call(filter, "t")).isEqualTo("passes");
    assertThat(call(filter, "t")).startsWith("limits.few");
  }

  @Test
  void anAnswerUnderAnotherFormOfTheIdEndsItsCall() {
    LimitFilter filter = filter("s", "a", limit(new Limit.Rates(0, 0, 1, 0)));
    Passing asked =
        new Passing(
            Direction.TO_SERVER,
            new RpcMessage.Request(
                new RpcId("1.0"),
                "tools/call",
                Optional.of(new Node.Obj(Map.of("name", new Node.Text("t", 1)), 1))),
            Optional.empty());

    assertThat(
            said(
                filter.judge(
                    asked,
                    (_, _) -> {
                      throw new IllegalStateException("nobody is asked");
                    })))
        .isEqualTo("passes");
    answer(filter, 1, "done");
    assertThat(call(filter, "t")).isEqualTo("passes");
  }

  @Test
  void whatCouldNotBeReadAgainIsNotWritten() throws IOException {
    LimitFilter filter = filter("s", "a", limit(new Limit.Rates(1_000_000, 0, 0, 0)));
    String now = Long.toString(clock.instant().toEpochMilli());
    String before =
        "{\"last\":%s,\"counts\":{\"\":{\"day\":\"2026-11-22\",\"calls\":299000,\"bytes\":0,\"minute\":["
            .formatted(now);
    String after = "]}}}";
    int times = ((4 << 20) - before.length() - after.length() + 1) / (now.length() + 1);
    Files.writeString(
        folder.resolve("few.json"),
        before + String.join(",", Collections.nCopies(times, now)) + after);

    assertThat(call(filter, "t")).startsWith("limits.few: the limit few: what was called cannot");
    clock.pass(Duration.ofSeconds(61));
    assertThat(call(filter, "t")).isEqualTo("passes");
  }

  @Test
  void aDayIsCountedAcrossStartsAndEndsAtMidnightOfItsZone() {
    Limit limit =
        new Limit(
            "few",
            new Limit.Scope("*", "*", "*"),
            Set.of(),
            new Limit.Rates(0, 2, 0, 0),
            Window.always(ZoneId.of("Asia/Tokyo")));

    assertThat(call(filter("s", "a", limit), "t")).isEqualTo("passes");
    assertThat(call(filter("s", "a", limit), "t")).isEqualTo("passes");
    assertThat(call(filter("other", "b", limit), "u"))
        .isEqualTo(
            "limits.few: the limit few: 2 calls of this day are made;"
                + " again at 2026-11-22T15:00:00Z, in 18000 s");
    clock.pass(Duration.ofHours(5));
    assertThat(call(filter("s", "a", limit), "t")).isEqualTo("passes");
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER, passes, full, full",
    "TOOL, full, passes, full",
    "AGENT, full, full, passes",
  })
  void whatIsCountedForItselfHasACountOfItsOwn(
      Limit.Each each, String otherServer, String otherTool, String otherAgent) {
    Limit limit = limit(new Limit.Rates(0, 1, 0, 0), each);

    assertThat(call(filter("s", "a", limit), "t")).isEqualTo("passes");
    assertThat(call(filter("s", "a", limit), "T")).as("another case").startsWith("limits.few");
    assertThat(call(filter("x", "a", limit), "t")).startsWith(start(otherServer));
    assertThat(call(filter("s", "a", limit), "x")).startsWith(start(otherTool));
    assertThat(call(filter("s", "x", limit), "t")).startsWith(start(otherAgent));
  }

  private static String start(String expected) {
    return expected.equals("full") ? "limits.few" : expected;
  }

  @Test
  void aLimitMeansTheCallsOfItsScope() {
    Limit limit =
        new Limit(
            "few",
            new Limit.Scope("s*", "se*ch", "a"),
            Set.of(),
            new Limit.Rates(0, 1, 0, 0),
            ALWAYS);
    LimitFilter filter = filter("server", "a", limit);

    assertThat(call(filter, "SEARCH")).isEqualTo("passes");
    assertThat(call(filter, "ｓｅａｒｃｈ")).startsWith("limits.few");
    assertThat(call(filter, "read")).isEqualTo("passes");
    assertThat(call(filter("server", "b", limit), "search")).isEqualTo("passes");
    assertThat(call(filter("other", "a", limit), "search")).isEqualTo("passes");
  }

  @Test
  void callsThatWaitForTheirAnswerAreCounted() {
    Limit limit = limit(new Limit.Rates(0, 0, 2, 0));
    LimitFilter one = filter("s", "a", limit);
    LimitFilter two = filter("s", "a", limit);

    assertThat(call(one, "t")).isEqualTo("passes");
    assertThat(call(two, "t")).isEqualTo("passes");
    assertThat(call(one, "t"))
        .isEqualTo("limits.few: the limit few: 2 calls wait for their answer");
    answer(two, 1, "of another conversation");
    assertThat(call(one, "t")).startsWith("limits.few");
    answer(one, 1, "x");
    assertThat(call(one, "t")).isEqualTo("passes");
    one.judge(
        new Passing(
            Direction.TO_SERVER,
            new RpcMessage.Notice(
                "notifications/cancelled",
                Optional.of(new Node.Obj(Map.of("requestId", new Node.Num("5", 1)), 1))),
            Optional.empty()),
        (_, _) -> {
          throw new IllegalStateException("nobody is asked");
        });
    assertThat(call(one, "t")).as("one is cancelled").isEqualTo("passes");
    clock.pass(Duration.ofHours(2));
    assertThat(call(one, "t")).as("the others are forgotten").isEqualTo("passes");
  }

  @Test
  void whatOneLimitRefusesNoOtherOneCounts() {
    Limit day =
        new Limit(
            "day", new Limit.Scope("*", "*", "*"), Set.of(), new Limit.Rates(9, 3, 0, 99), ALWAYS);
    LimitFilter filter = filter("s", "a", day, limit(new Limit.Rates(1, 0, 2, 0)));

    assertThat(call(filter, "t")).isEqualTo("passes");
    for (int i = 0; i < 12; i++) {
      assertThat(call(filter, "t")).startsWith("limits.few: the limit few: 1 calls of this minute");
    }
    clock.pass(Duration.ofSeconds(60));
    assertThat(call(filter, "t")).as("at once").isEqualTo("passes");
    clock.pass(Duration.ofSeconds(60));
    for (int i = 0; i < 12; i++) {
      assertThat(call(filter, "t")).startsWith("limits.few: the limit few: 2 calls wait");
    }
    answer(filter, 1, "x");
    assertThat(call(filter, "t")).as("the third of the day").isEqualTo("passes");
    clock.pass(Duration.ofSeconds(60));
    answer(filter, 14, "x");
    assertThat(call(filter, "t")).startsWith("limits.day: the limit day: 3 calls of this day");
  }

  @Test
  void whatNobodyKnowsIsCountedAsWhatItNames() {
    Limit limit =
        new Limit(
            "few", new Limit.Scope("*", "se*", "*"), Set.of(), new Limit.Rates(0, 1, 0, 0), ALWAYS);
    LimitFilter filter = filter("s", "a", limit);

    assertThat(asked(filter, "x/run", Map.of("name", "read", "tool", "search")))
        .isEqualTo("passes");
    assertThat(asked(filter, "x/run", Map.of("name", "search"))).startsWith("limits.few");
    assertThat(asked(filter, "secret/run", Map.of())).startsWith("limits.few");
    assertThat(asked(filter, "server/discover", Map.of("name", "search"))).isEqualTo("passes");
    assertThat(asked(filter, "x/run", Map.of("name", "read"))).isEqualTo("passes");
  }

  @Test
  void bytesOfArgumentsAndResultsAreCounted() {
    LimitFilter filter = filter("s", "a", limit(new Limit.Rates(0, 0, 0, 100)));

    assertThat(call(filter, "t")).isEqualTo("passes");
    answer(filter, 1, "x".repeat(70));
    assertThat(call(filter, "t"))
        .isEqualTo(
            "limits.few: the limit few: 100 bytes of this day are used up;"
                + " again at 2026-11-23T00:00:00Z, in 50400 s");
  }

  @Test
  void outsideOfItsTimesNothingIsCalled() {
    Limit limit =
        new Limit(
            "office",
            new Limit.Scope("*", "*", "*"),
            Set.of(),
            new Limit.Rates(0, 0, 0, 0),
            new Window(
                LocalTime.of(8, 0),
                LocalTime.of(18, 0),
                Set.of(DayOfWeek.MONDAY),
                ZoneId.of("Europe/Berlin")));
    LimitFilter filter = filter("s", "a", limit);

    assertThat(call(filter, "t"))
        .isEqualTo(
            "limits.office: the limit office: it is not the time;"
                + " again at 2026-11-23T07:00:00Z, in 75600 s");
    clock.pass(Duration.ofHours(21));
    assertThat(call(filter, "t")).isEqualTo("passes");
  }

  @ParameterizedTest
  @CsvSource({
    "08:00, 18:00, 2026-11-23T08:00:00Z, true",
    "08:00, 18:00, 2026-11-23T17:59:59Z, true",
    "08:00, 18:00, 2026-11-23T18:00:00Z, false",
    "08:00, 18:00, 2026-11-22T12:00:00Z, false",
    "22:00, 06:00, 2026-11-23T23:00:00Z, true",
    "22:00, 06:00, 2026-11-24T05:59:00Z, true",
    "22:00, 06:00, 2026-11-23T05:00:00Z, false",
    "22:00, 06:00, 2026-11-23T12:00:00Z, false",
    "00:00, 00:00, 2026-11-23T12:00:00Z, true",
    "00:00, 00:00, 2026-11-24T00:00:00Z, false",
  })
  void aWindowBelongsToTheDayItOpensOn(
      LocalTime from, LocalTime until, Instant moment, boolean open) {
    Window window = new Window(from, until, Set.of(DayOfWeek.MONDAY), ZoneOffset.UTC);

    assertThat(window.isOpen(moment)).isEqualTo(open);
    if (!open) {
      assertThat(window.isOpen(window.opensAfter(moment))).isTrue();
    }
  }

  @Test
  void aClockThatGoesBackCloses() {
    LimitFilter filter = filter("s", "a", limit(new Limit.Rates(0, 9, 0, 0)));

    assertThat(call(filter, "t")).isEqualTo("passes");
    clock.pass(Duration.ofDays(-1));
    assertThat(call(filter, "t"))
        .isEqualTo(
            "limits.few: the limit few: the clock went back, and what was called is not sure;"
                + " again at 2026-11-22T10:00:00Z, in 86400 s");
    clock.pass(Duration.ofDays(1));
    assertThat(call(filter, "t")).isEqualTo("passes");
  }

  @Test
  void whatCannotBeReadOrWrittenCloses() throws IOException {
    LimitFilter filter = filter("s", "a", limit(new Limit.Rates(0, 9, 0, 0)));
    Files.writeString(folder.resolve("few.json"), "{\"last\":1,\"counts\":{\"x\":{}}}");

    assertThat(call(filter, "t")).startsWith("limits.few: the limit few: what was called cannot");

    Files.delete(folder.resolve("few.json"));
    Files.createDirectories(folder.resolve("few.json").resolve("x"));
    assertThat(call(filter, "t")).startsWith("limits.few: the limit few: what was called cannot");
  }

  @Test
  void whatWaitsIsCountedAlsoWhenOtherLimitsChange() {
    Limit one = limit(new Limit.Rates(0, 0, 1, 0));
    LimitFilter before = filter("files", "a", one);
    assertThat(call(before, "x")).isEqualTo("passes");

    LimitFilter after =
        before.with(
            List.of(
                one,
                new Limit(
                    "day",
                    new Limit.Scope("*", "*", "*"),
                    Set.of(),
                    new Limit.Rates(0, 5, 0, 0),
                    ALWAYS)));
    assertThat(call(after, "x")).startsWith("limits.few: ");
    answer(after, 1, "done");

    assertThat(call(after, "x")).isEqualTo("passes");
  }

  @Test
  void relaysThatCallAtOnceShareTheDay() throws InterruptedException {
    Limit limit = limit(new Limit.Rates(0, 20, 0, 0));
    AtomicInteger passed = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      DayCounts own = new DayCounts(folder);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int call = 0; call < 5; call++) {
                  if (own.take(limit, "", 0, clock.instant()).isEmpty()) {
                    passed.incrementAndGet();
                  }
                }
              }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(passed).as("of 40 calls").hasValue(20);
  }
}
