// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.agent.context.InstructionFiles;
import dev.redoubt.agent.context.Instructions;
import dev.redoubt.agent.engine.AnswerCheck;
import dev.redoubt.agent.engine.Budget;
import dev.redoubt.agent.engine.Doors;
import dev.redoubt.agent.engine.Engine;
import dev.redoubt.agent.engine.EngineSettings;
import dev.redoubt.agent.engine.Finish;
import dev.redoubt.agent.engine.Patience;
import dev.redoubt.agent.engine.Person;
import dev.redoubt.agent.engine.Steering;
import dev.redoubt.agent.sessions.EventJson;
import dev.redoubt.agent.sessions.SessionBusyException;
import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.agent.sessions.SessionReader;
import dev.redoubt.agent.sessions.Transcript;
import dev.redoubt.agent.tools.BuiltInTools;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.GlobalOptions.Verbosity;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.Approval;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Gate;
import dev.redoubt.model.RedoubtException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One run of the agent: opens the session, works on the prompt and says what came of it.
final class AgentRun {

  private static final int PROVIDER_FAILED = 5;
  private static final int BUDGET = 6;

  private final Call call;
  private final RunOptions options;
  private final ModelChoice model;
  private final Mode mode;
  private final Premises premises;
  private final RunTally tally = new RunTally();

  AgentRun(Call call, RunOptions options, ModelChoice model) {
    this.call = requireNonNull(call, "call");
    this.options = requireNonNull(options, "options");
    this.model = requireNonNull(model, "model");
    this.mode = Mode.of(call);
    this.premises = new Premises(call, options.workspace());
  }

  /// Returns the exit code.
  int run() {
    SessionFolder sessions = new SessionFolder(call.globals().dataDir());
    SessionId id = session(sessions);
    try (RunClock clock = new RunClock(options.allowed());
        SessionLog log = SessionLog.open(sessions, id, call.world().clock());
        SessionWorld world = new SessionWorld(call, premises, log.decisions(""))) {
      Checks checks = Checks.of(call, options.workspace());
      Engine engine = engine(sessions, log, world, clock, checks);
      world.begin(options.prompt());
      Finish finish;
      List<String> changed;
      try {
        finish =
            engine.work(Attachments.with(call, options.prompt()), new Steering(), checks.all());
      } catch (RedoubtException e) {
        sayLast(e, id);
        throw e;
      } finally {
        changed = world.end();
      }
      return report(finish, clock, changed, id);
    } catch (SessionBusyException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }

  /* A program that reads the events is told how it ended, whatever went wrong. */
  private void sayLast(RedoubtException e, SessionId id) {
    if (call.has("--json")) {
      AgentEvent.Ended ended =
          new AgentEvent.Ended(
              AgentEvent.Status.ERROR,
              "",
              RedoubtException.reason(e),
              Usage.NONE,
              Optional.empty());
      int code = e.code().kind().exitCode();
      call.world().out().println(new RunReport(ended, "", code, List.of(), tally, id).line());
    }
  }

  private int report(Finish finish, RunClock clock, List<String> changed, SessionId id) {
    boolean answered = finish.cause() == Finish.Cause.DONE && call.has("--schema");
    String text = answered ? AnswerCheck.unfenced(finish.event().text()) : finish.event().text();
    int code = exitCode(finish.cause(), clock);
    RunReport report = new RunReport(finish.event(), text, code, changed, tally, id);
    if (call.has("--json")) {
      call.world().out().println(report.line());
    } else {
      text.lines().forEach(line -> CommandOutput.line(call, "%s", line));
      if (call.globals().verbosity() == Verbosity.NORMAL) {
        report.tell(call);
      }
    }
    return code;
  }

  private static int exitCode(Finish.Cause cause, RunClock clock) {
    return switch (cause) {
      case DONE -> ExitCode.OK;
      case NOT_ACHIEVED -> ExitCode.NO;
      case BUDGET -> BUDGET;
      case UNANSWERED -> ExitCode.QUESTION;
      case DENIED -> ExitCode.DENIED;
      case CANCELLED -> clock.isLate() ? ExitCode.TIMED_OUT : ExitCode.CANCELLED;
      case UPSTREAM -> PROVIDER_FAILED;
    };
  }

  private Engine engine(
      SessionFolder sessions, SessionLog log, SessionWorld world, RunClock clock, Checks checks)
      throws InterruptedException {
    List<AgentEvent> past =
        SessionReader.read(sessions, log.id()).stream().map(SessionReader.Recorded::event).toList();
    Consumer<AgentEvent> watcher = watcher();
    write(
        log,
        watcher,
        new AgentEvent.Opened(
            log.id().text(),
            options.workspace().toString(),
            model.provider() + "/" + model.name(),
            mode.text(),
            premises.backend().name()));
    String instructions = instructions(log, watcher, mode.text());
    Approver approver = Approval.of(call).approver(call, premises.backend().holds());
    return new Engine(
        model,
        mode.among(BuiltInTools.of(options.workspace(), log.blobs())),
        new Doors(List.of(premises.guard().guard()), approver, world, Person.NOBODY),
        new EngineSettings(
            instructions,
            new ModelRequest.Settings(model.sizes().output(), Optional.empty(), checks.schema()),
            options.budget(),
            Budget.UNLIMITED,
            EngineSettings.Day.UNLIMITED,
            Patience.usual(clock::sleep)),
        new Engine.Session(log, Transcript.of(past), watcher));
  }

  private String instructions(SessionLog log, Consumer<AgentEvent> watcher, String mode)
      throws InterruptedException {
    Path config = requireNonNull(GlobalOptions.userConfig(call.world()).getParent());
    Gate gate = new Gate(List.of(premises.guard().guard()), Approver.NEVER, log.decisions(""));
    InstructionFiles.Found found =
        InstructionFiles.find(config.resolve("AGENTS.md"), options.workspace(), gate);
    for (String note : found.notes()) {
      write(log, watcher, new AgentEvent.Noted("instructions", note));
    }
    return Instructions.text(
        new Instructions.Surroundings(
            options.workspace(), System.getProperty("os.name", "unknown"), mode),
        found.files());
  }

  private static void write(SessionLog log, Consumer<AgentEvent> watcher, AgentEvent event) {
    log.append(event);
    watcher.accept(event);
  }

  private Consumer<AgentEvent> watcher() {
    Consumer<AgentEvent> shown;
    if (call.has("--json")) {
      shown = this::line;
    } else {
      shown = call.globals().verbosity() == Verbosity.QUIET ? _ -> {} : new RunText(call);
    }
    return event -> {
      tally.take(event);
      shown.accept(event);
    };
  }

  /* Each line is there when it was written, for whoever follows the work. */
  private void line(AgentEvent event) {
    call.world().out().println(CommandOutput.ascii(EventJson.line(event)));
    call.world().out().flush();
  }

  private SessionId session(SessionFolder sessions) {
    return switch (options.session()) {
      case RunOptions.Wanted.New() ->
          SessionId.at(call.world().clock().instant(), new SecureRandom());
      case RunOptions.Wanted.Named(String name) -> SessionNames.find(sessions, name);
      case RunOptions.Wanted.Last() ->
          SessionNames.last(sessions, options.workspace())
              .orElseThrow(() ->
                  new UsageException(
                      "there is no session of \"%s\" to continue".formatted(options.workspace())));
    };
  }
}
