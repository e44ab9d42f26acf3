// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.engine.Finish;
import dev.redoubt.agent.engine.Steering;
import dev.redoubt.cli.line.Console.Kind;
import dev.redoubt.cli.line.Console.Prompt;
import dev.redoubt.cli.line.Console.Typed;
import dev.redoubt.cli.run.Workbench;
import dev.redoubt.model.RedoubtException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One turn: the agent works in a thread of its own while the person can speak to it, answer it and
/// end it. For one thread, the one that reads the terminal.
final class TurnLoop {

  private static final Duration ONE_KEY = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Conversation conversation;
  private final Console console;
  private final Steering steering = new Steering();
  private final AtomicReference<Workbench.@Nullable Worked> worked = new AtomicReference<>();
  private final AtomicReference<@Nullable RuntimeException> failed = new AtomicReference<>();
  private volatile boolean over;
  private int interrupts;
  private long interrupted;
  private boolean leaving;

  TurnLoop(Conversation conversation) {
    this.conversation = requireNonNull(conversation, "conversation");
    this.console = conversation.console();
  }

  /// What came of a turn.
  ///
  /// @param worked empty when it failed, which was said
  /// @param unheard what the person said too late
  /// @param leaving whether the person wants to leave
  record Ended(Workbench.@Nullable Worked worked, List<String> unheard, boolean leaving) {
    boolean isDone() {
      return worked != null && worked.finish().cause() == Finish.Cause.DONE;
    }
  }

  /// Works on `prompt` to its end.
  Ended run(String what, List<Message.Seen> prompt) throws InterruptedException {
    Workbench bench = conversation.bench();
    return during(bench, () -> worked.set(bench.work(what, prompt, steering, List.of())));
  }

  /// Puts the oldest messages into fewer words.
  Ended compact() throws InterruptedException {
    return visit(bench -> {
      if (!bench.compact()) {
        console.show("  nothing is old enough to be put into fewer words");
      }
    });
  }

  /// Something that a person can end like a turn.
  interface Visit {
    void go(Workbench bench) throws InterruptedException;
  }

  /// Does `visit`; that it was ended is shown.
  Ended visit(Visit visit) throws InterruptedException {
    Workbench bench = conversation.bench();
    return during(
        bench,
        () -> {
          try {
            visit.go(bench);
          } catch (InterruptedException e) {
            console.show("  ended");
          }
        });
  }

  private Ended during(Workbench bench, Runnable work) {
    Thread worker = Thread.ofPlatform().name("turn").unstarted(() -> work(work));
    conversation.dialogue().during(steering::say, () -> end(bench));
    worker.start();
    try (SignsOfLife.Watch _ = conversation.life().watch()) {
      attend(bench);
    } finally {
      // Whatever went wrong here, nothing works on behind the person's back.
      if (!over) {
        bench.interrupt();
      }
      join(worker);
    }
    RuntimeException failure = failed.get();
    if (failure instanceof RedoubtException known) {
      console.show("redoubt: " + Style.safe(RedoubtException.reason(known)));
    } else if (failure != null) {
      throw failure;
    }
    return new Ended(worked.get(), steering.unheard(), leaving);
  }

  /* A Ctrl-C that comes so late has nothing left to end. */
  private static void join(Thread worker) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (worker.isAlive() && System.nanoTime() < end) {
      try {
        worker.join(PATIENCE);
      } catch (InterruptedException e) {
        // The flag is cleared, and the wait goes on.
      }
    }
  }

  /* A failure of the turn is told to the person, a bug goes where every bug goes. */
  private void work(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      failed.set(e);
    } finally {
      over = true;
      console.call();
    }
  }

  private void attend(Workbench bench) {
    String begun = "";
    while (!over && !leaving) {
      if (conversation.questions().putNext()) {
        continue;
      }
      Typed typed = console.read(new Prompt("", begun, Kind.STEER));
      begun = "";
      switch (typed) {
        case Typed.Line(String text) -> said(text.strip(), bench);
        case Typed.Interrupt() -> end(bench);
        case Typed.Left() -> {
          leaving = true;
          bench.interrupt();
        }
        case Typed.Called(String unfinished) -> begun = unfinished;
      }
    }
  }

  private void said(String text, Workbench bench) {
    if (text.equals("/stop")) {
      end(bench);
    } else if (text.startsWith("/")) {
      console.show("  commands wait until the turn is over; Ctrl-C or /stop ends it");
    } else if (!text.isEmpty()) {
      steering.say(text);
      console.show(console.style().dim("  (said; the model hears it before its next answer)"));
    }
  }

  /* A terminal that changes its mode just then tells of one key twice, once as a signal. */
  private void end(Workbench bench) {
    long now = System.nanoTime();
    if (interrupts > 0 && now - interrupted < ONE_KEY.toNanos()) {
      return;
    }
    interrupted = now;
    interrupts++;
    leaving |= interrupts > 1;
    if (interrupts == 1) {
      console.show("  ending the turn; Ctrl-C again leaves");
    }
    bench.interrupt();
  }
}
