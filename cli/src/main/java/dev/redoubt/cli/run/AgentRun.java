// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.engine.AnswerCheck;
import dev.redoubt.agent.engine.Finish;
import dev.redoubt.agent.engine.Person;
import dev.redoubt.agent.engine.Steering;
import dev.redoubt.agent.sessions.EventJson;
import dev.redoubt.agent.sessions.SessionBusyException;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.Transcript;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.GlobalOptions.Verbosity;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.Approval;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.extensions.Extensions;
import dev.redoubt.guard.Approver;
import dev.redoubt.model.RedoubtException;
import java.util.List;
import java.util.function.Consumer;

/// One run of the agent: opens the session, works on the prompt and says what came of it.
final class AgentRun {

  private static final int PROVIDER_FAILED = 5;
  private static final int BUDGET = 6;

  private final Call call;
  private final RunOptions options;
  private final SessionId id;
  private final Parts parts;
  private final RunTally tally = new RunTally();
  private List<String> changed = List.of();

  /// What it is put together from.
  record Parts(Premises premises, Extensions extensions, Mode mode, Means means) {}

  AgentRun(Call call, RunOptions options, SessionId id, Parts parts) {
    this.call = requireNonNull(call, "call");
    this.options = requireNonNull(options, "options");
    this.id = requireNonNull(id, "id");
    this.parts = requireNonNull(parts, "parts");
  }

  /// Returns the exit code.
  int run() {
    String prompt = parts.extensions().prompt(options.prompt());
    Checks checks = Checks.of(call, options.workspace());
    try (RunClock clock = new RunClock(options.allowed())) {
      Finish finish;
      try {
        finish = work(prompt, checks, clock);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        int code = exitCode(Finish.Cause.CANCELLED, clock);
        sayLast(AgentEvent.Status.CANCELLED, "it was cancelled", code);
        return code;
      } catch (RuntimeException e) {
        RuntimeException shown =
            e instanceof SessionBusyException
                ? new UsageException(String.valueOf(e.getMessage()))
                : e;
        sayLast(AgentEvent.Status.ERROR, reason(shown), exitCode(shown));
        throw shown;
      }
      return report(finish, clock);
    }
  }

  /* What was changed is known whatever goes wrong then, the end of the sandbox included. */
  private Finish work(String prompt, Checks checks, RunClock clock) throws InterruptedException {
    try (Workbench bench = bench(clock, checks)) {
      try {
        return bench
            .work(options.prompt(), Attachments.with(call, prompt), new Steering(), checks.all())
            .finish();
      } finally {
        changed = bench.changed();
      }
    }
  }

  private static int exitCode(RuntimeException e) {
    return switch (e) {
      case RedoubtException known -> known.code().kind().exitCode();
      case UsageException _ -> ExitCode.USAGE;
      default -> ExitCode.BUG;
    };
  }

  private static String reason(RuntimeException e) {
    return exitCode(e) == ExitCode.BUG
        ? "it failed by a fault of redoubt"
        : RedoubtException.reason(e);
  }

  /* A program that reads the events is told how it ended, whatever went wrong. */
  private void sayLast(AgentEvent.Status status, String reason, int code) {
    if (call.has("--json")) {
      Transcript.Spent spent = tally.spent();
      AgentEvent.Ended ended =
          new AgentEvent.Ended(status, "", reason, spent.usage(), spent.known());
      call.world().out().println(new RunReport(ended, "", code, changed, tally, id).line());
    }
  }

  private int report(Finish finish, RunClock clock) {
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

  private Workbench bench(RunClock clock, Checks checks) throws InterruptedException {
    Approver approver = Approval.of(call).approver(call, parts.premises().backend().holds());
    return Workbench.open(
        call,
        parts.premises(),
        new Workbench.Seat(id, parts.means(), parts.mode(), parts.extensions(), checks.schema()),
        new Workbench.Company(approver, Person.NOBODY, watcher(), clock::sleep));
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
}
