// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.guard.Decision;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Says now and then that a command still runs: after ten seconds, after thirty, and after each
/// minute, in a line of its own, so that a reader of the screen and a log get it too. Not while a
/// question about it waits. Safe to share.
final class SignsOfLife {

  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(30);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LONGEST = 80;

  private final Console console;
  private final LongSupplier nanos;
  private final Map<String, Running> waiting = new LinkedHashMap<>();
  private final Map<String, Running> running = new LinkedHashMap<>();

  private record Running(String what, long since, Duration next) {}

  /// @param nanos the time, as [System#nanoTime] has it
  SignsOfLife(Console console, LongSupplier nanos) {
    this.console = requireNonNull(console, "console");
    this.nanos = requireNonNull(nanos, "nanos");
  }

  /// Takes note of what begins and what is over.
  synchronized void take(AgentEvent event) {
    if (event
        instanceof
        AgentEvent.Decided(String call, String action, String about, var _, Decision decision)) {
      decided(call, action, about, decision);
    } else if (event instanceof AgentEvent.Approved(String call, var _, String answer)) {
      Running asked = waiting.remove(call);
      if (asked != null && answer.equals("yes")) {
        running.put(call, new Running(asked.what(), nanos.getAsLong(), FIRST));
      }
    } else if (event instanceof AgentEvent.Returned returned) {
      waiting.remove(returned.result().callId());
      running.remove(returned.result().callId());
    } else if (event instanceof AgentEvent.Ended) {
      waiting.clear();
      running.clear();
    }
  }

  /* What comes of a call of a sub-agent, whose session stands before it, is not told here. */
  private void decided(String call, String action, String about, Decision decision) {
    if (call.isEmpty() || call.indexOf('/') >= 0 || !action.equals("run")) {
      return;
    }
    Running one = new Running(about, nanos.getAsLong(), FIRST);
    switch (decision) {
      case Decision.Allow _ -> running.put(call, one);
      case Decision.Ask _ -> waiting.put(call, one);
      case Decision.Deny _ -> {}
    }
  }

  /// Shows what is due.
  synchronized void look() {
    long now = nanos.getAsLong();
    running.replaceAll((_, one) -> {
      Duration elapsed = Duration.ofNanos(now - one.since());
      if (elapsed.compareTo(one.next()) < 0) {
        return one;
      }
      String what = one.what().strip().replace("\n", " ");
      String shown = what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what;
      console.show(
          console
              .style()
              .dim("  still running, %s: ".formatted(time(elapsed)) + Style.safe(shown)));
      return new Running(one.what(), one.since(), after(elapsed));
    });
  }

  private static Duration after(Duration elapsed) {
    return elapsed.compareTo(SECOND) < 0 ? SECOND : MINUTE.multipliedBy(elapsed.toMinutes() + 1);
  }

  private static String time(Duration elapsed) {
    return elapsed.compareTo(MINUTE) < 0
        ? elapsed.toSeconds() + " s"
        : "%d min".formatted(elapsed.toMinutes());
  }

  /// Looks every second until it is closed.
  Watch watch() {
    CountDownLatch over = new CountDownLatch(1);
    Thread.ofVirtual().name("signs of life").start(() -> watch(over));
    return over::countDown;
  }

  private void watch(CountDownLatch over) {
    try {
      while (!over.await(1, TimeUnit.SECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What looks until it is closed.
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
