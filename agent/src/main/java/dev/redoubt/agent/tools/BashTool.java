// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Program;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tool `bash`: runs a shell line, to its end or as a job that stays.
final class BashTool implements Tool {

  private static final int USUAL_SECONDS = 120;

  /* The listener keeps what is shown; the copy that the sandbox keeps is for its own checks. */
  private static final Streams.Caps LITTLE = new Streams.Caps(4 << 10, 4 << 10);

  private final ToolSpec spec = Described.tool("bash");
  private final Workplace place;
  private final Jobs jobs;

  BashTool(Workplace place, Jobs jobs) {
    this.place = requireNonNull(place, "place");
    this.jobs = requireNonNull(jobs, "jobs");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.RUNS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(spec, arguments, this::plan);
  }

  private Step plan(Arguments given) {
    String line = given.text("command");
    if (line.isBlank()) {
      return Step.Done.failed("bash: \"command\" is empty");
    }
    Path folder = given.optionalText("folder").map(place::at).orElse(place.folder());
    boolean terminal = given.isTrue("terminal");
    boolean background = terminal || given.isTrue("background");
    if (background && jobs.running() >= Jobs.MOST) {
      return Step.Done.failed(
          "%d jobs are running, which is the most: stop one with job_stop".formatted(Jobs.MOST));
    }
    OutputText output = new OutputText();
    Streams streams =
        terminal
            ? new Streams.Terminal(120, 40)
            : new Streams.Captured(Content.of(""), LITTLE, output);
    Optional<Duration> allowed =
        background && given.number("timeout_seconds", 0) == 0
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(given.number("timeout_seconds", USUAL_SECONDS)));
    return new Step.Perform(
        new Action.Run(
            new Program.Line(Program.Shell.BASH, line),
            folder,
            Map.of(),
            terminal ? Action.Input.OPEN : Action.Input.NOTHING),
        new Manner(streams, allowed, background),
        outcome ->
            switch (outcome) {
              case Outcome.Ran(Ended ended) -> ran(line, ended, output);
              case Outcome.Runs(RunningCommand command) -> runs(line, command, output, terminal);
              case Outcome.RefusedByGuard _,
                  Outcome.RefusedByWall _,
                  Outcome.NotStarted _,
                  Outcome.ReadFile _,
                  Outcome.Changed _,
                  Outcome.Listed _,
                  Outcome.Found _,
                  Outcome.Connected _,
                  Outcome.Fetched _,
                  Outcome.Called _,
                  Outcome.Failed _ ->
                  Failures.of(outcome);
            });
  }

  private static Step ran(String line, Ended ended, OutputText output) {
    String said = output.since(0);
    String text =
        said.isBlank()
            ? "(no output)\n" + Endings.line(ended)
            : said + (said.endsWith("\n") ? "" : "\n") + Endings.line(ended);
    boolean failed = !(ended.ending() instanceof Ending.Exited(int code) && code == 0);
    return new Step.Done(List.of(new Message.Words(text)), failed, facts(line, ended).all());
  }

  static Facts facts(String line, Ended ended) {
    return Facts.of("command", line)
        .and("exitCode", ended.ending().exitCode())
        .and("milliseconds", ended.elapsed().toMillis());
  }

  private Step runs(String line, RunningCommand command, OutputText output, boolean terminal) {
    Thread reader = terminal ? TerminalPump.start(command, output) : null;
    Job job = jobs.add(command, output, reader);
    return Step.Done.said(
        "started %s; read it with job_output, end it with job_stop%s"
            .formatted(job.id(), terminal ? ", type with send_input" : ""),
        Facts.of("command", line).and("job", job.id()).all());
  }
}
