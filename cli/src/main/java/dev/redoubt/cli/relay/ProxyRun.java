// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.exec.Egress;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.relay.engine.Judging;
import dev.redoubt.relay.stdio.Ends;
import dev.redoubt.relay.stdio.StdioRelay;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One server behind a relay: judged, started inside the sandbox, and spoken to until one side
/// ends.
final class ProxyRun {

  static final String STREAM = "proxy";

  /* What a server may take to end by itself once its input has ended. */
  private static final Duration FAREWELL = Duration.ofMillis(1_200);
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final int LARGEST = 16 << 20;

  private final Call call;
  private final ProxyOptions options;
  private final Premises premises;

  /// @throws RedoubtException if the sandbox does not work here, a policy is not understood or a
  ///   mount is refused
  ProxyRun(Call call, ProxyOptions options) {
    this.call = requireNonNull(call, "call");
    this.options = requireNonNull(options, "options");
    this.premises = new Premises(call, options.folder()).mounting();
  }

  /// Returns the exit code: that of the server when it ended by itself.
  int perform(EvidenceLog evidence) throws InterruptedException {
    EvidenceDecisionLog log = new EvidenceDecisionLog(evidence, STREAM);
    ServerFilters filters =
        new ServerFilters(
            call,
            options.server(),
            RelayRules.standing(
                call, options.folder(), premises.backend().holds(), evidence, STREAM),
            evidence);
    Optional<BeforeStart.Refusal> refusal =
        new BeforeStart(call, options.server(), options.argv(), options.folder())
            .refusal(options.enforcement(), evidence);
    if (refusal.isPresent()) {
      return refused(refusal.get().reason(), refusal.get().rule());
    }
    Action.StartServer start =
        new Action.StartServer(
            options.name(),
            new Action.Run(
                new Program.Argv(options.argv()),
                options.folder(),
                GivenVariables.of(call),
                Action.Input.OPEN));
    // Whoever typed the command has said yes to it; a deny stays one.
    Gate gate = new Gate(List.of(premises.guard().guard()), (_, _) -> Approver.Answer.YES, log);
    return switch (gate.judge(start)) {
      case Verdict.Refused(String _, Decision decision) ->
          refused(decision.reason(), decision.rule());
      case Verdict.Permitted(Permit permit) -> started(permit, filters, log);
    };
  }

  private int refused(String reason, String rule) {
    CommandOutput.note(
        call, "redoubt: the server %s is not started: %s  (%s)", options.name(), reason, rule);
    return ExitCode.DENIED;
  }

  private int started(Permit permit, ServerFilters filters, EvidenceDecisionLog log)
      throws InterruptedException {
    try (Egress egress = premises.egress(log);
        Sandbox sandbox = premises.open(egress.exits(), log)) {
      Manner manner =
          new Manner(
              new Streams.Piped(Streams.Caps.DEFAULT, this::wroteError), Optional.empty(), true);
      return switch (sandbox.perform(permit, manner)) {
        case Outcome.Runs(RunningCommand command) -> relayed(command, filters);
        case Outcome.NotStarted(String reason, String fix) -> notStarted(reason, fix);
        case Outcome.RefusedByWall(String reason, String fix) -> notStarted(reason, fix);
        default -> throw new IllegalStateException("no outcome of starting a server");
      };
    } catch (WallException e) {
      return notStarted(String.valueOf(e.getMessage()), e.fix());
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.NO_SANDBOX, "the sandbox failed: %s".formatted(RedoubtException.reason(e)), e);
    }
  }

  private int notStarted(String reason, String fix) {
    CommandOutput.note(
        call, "redoubt: the server %s could not be started: %s", options.name(), reason);
    if (!fix.isEmpty()) {
      CommandOutput.note(call, "  %s", fix);
    }
    return ExitCode.ENVIRONMENT;
  }

  /* Clients show what a server writes to its errors. */
  private void wroteError(boolean errors, byte[] bytes, int length) {
    call.world().err().write(bytes, 0, length);
    call.world().err().flush();
  }

  private int relayed(RunningCommand command, ServerFilters filters) throws InterruptedException {
    StartLine.write(call, options, premises.backend().name());
    Judging judging = filters.judging(new AgentNames(options.name()));
    StdioRelay relay =
        new StdioRelay(
            new Ends(call.world().streams().in(), call.world().out()),
            new Ends(command.fromOutput(), command.toInput()),
            judging,
            LARGEST);
    relay.start();
    return switch (relay.await()) {
      case CLIENT -> farewell(relay, command);
      case SERVER -> ended(relay, command);
    };
  }

  /* The agent may still read what it asked before it closed its side. */
  private static int farewell(StdioRelay relay, RunningCommand command)
      throws InterruptedException {
    boolean byItself = command.hasEndedWithin(FAREWELL);
    if (!byItself) {
      command.cut("the agent has ended");
    }
    Ended ended = command.await();
    relay.drained(LAST_WORDS);
    relay.lost(how(ended));
    return byItself ? ended.ending().exitCode() : ExitCode.OK;
  }

  private int ended(StdioRelay relay, RunningCommand command) throws InterruptedException {
    if (!command.hasEndedWithin(FAREWELL)) {
      command.cut("it closed its output");
    }
    Ended ended = command.await();
    String how = how(ended);
    relay.lost(how);
    CommandOutput.note(call, "redoubt: the server %s %s", options.name(), how);
    return ended.ending().exitCode();
  }

  private static String how(Ended ended) {
    return switch (ended.ending()) {
      case Ending.Exited(int code) -> "has ended with the exit code %d".formatted(code);
      case Ending.Signalled(int signal) -> "was ended by the signal %d".formatted(signal);
      case Ending.TimedOut _, Ending.Cut _ -> "was ended";
    };
  }
}
