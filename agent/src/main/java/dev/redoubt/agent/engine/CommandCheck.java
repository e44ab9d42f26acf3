// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Program;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Runs the command that tells whether the work is done, through the gate and inside the sandbox
/// like everything else.
///
/// @param line what a shell reads
/// @param folder where it runs, absolute
/// @param repairs how often the model may try again
public record CommandCheck(String line, Path folder, int repairs) implements FinalCheck {

  private static final Duration ALLOWED = Duration.ofMinutes(10);
  private static final Streams.Caps CAPS = new Streams.Caps(4 << 10, 12 << 10);

  public CommandCheck {
    requireNonNull(line, "line");
    requireNonNull(folder, "folder");
  }

  @Override
  public Optional<String> objection(String text, Effects effects) throws InterruptedException {
    Action.Run run =
        new Action.Run(
            new Program.Line(Program.Shell.BASH, line), folder, Map.of(), Action.Input.NOTHING);
    Streams streams =
        new Streams.Captured(dev.redoubt.guard.Content.of(""), CAPS, Streams.OutputListener.NONE);
    return switch (effects.perform(run, new Manner(streams, Optional.of(ALLOWED), false))) {
      case Outcome.Ran(Ended ended) -> verdict(ended);
      case Outcome.RefusedByGuard(var _, var decision) ->
          notRun("%s (rule %s)".formatted(decision.reason(), decision.rule()));
      case Outcome.RefusedByWall(String reason, String _) -> notRun(reason);
      case Outcome.NotStarted(String reason, String _) -> notRun(reason);
      case Outcome.Failed(String reason) -> notRun(reason);
      case Outcome.Runs _,
          Outcome.ReadFile _,
          Outcome.Changed _,
          Outcome.Listed _,
          Outcome.Found _,
          Outcome.Connected _,
          Outcome.Fetched _,
          Outcome.Called _ ->
          throw new IllegalStateException("no outcome of a command");
    };
  }

  private Optional<String> verdict(Ended ended) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (ended.ending() instanceof Ending.Exited(int code) && code == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "The check `%s` failed: %s.\n%s%s\nFind out why, correct it, and finish again."
            .formatted(line, how(ended.ending()), ended.output(), ended.errors()));
  }

  private static String how(Ending ending) {
    return switch (ending) {
      case Ending.Exited(int code) -> "exit code " + code;
      case Ending.Signalled(int number) -> "ended by signal " + number;
      case Ending.TimedOut(Duration allowed) ->
          "it took longer than " + allowed.toMinutes() + " minutes";
      case Ending.Cut(String reason) -> reason;
    };
  }

  private Optional<String> notRun(String reason) {
    return Optional.of(
        "The check `%s` could not be run: %s. That it passes cannot be said."
            .formatted(line, reason));
  }
}
