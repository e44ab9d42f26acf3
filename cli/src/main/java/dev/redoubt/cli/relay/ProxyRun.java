// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.exec.Egress;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.mcp.pins.Difference;
import dev.redoubt.mcp.pins.PinFile;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.relay.engine.Judging;
import dev.redoubt.relay.filters.PinnedTools;
import dev.redoubt.relay.filters.ToolPolicy;
import dev.redoubt.relay.stdio.Ends;
import dev.redoubt.relay.stdio.StdioRelay;
import dev.redoubt.relay.stops.StopFilter;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.WallException;
import dev.redoubt.secrets.Redaction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One server behind a relay: judged, started inside the sandbox, and spoken to until one side
/// ends.
final class ProxyRun {

  static final String STREAM = "proxy";

  /* What a server may take to end by itself once its input has ended. */
  private static final Duration FAREWELL = Duration.ofMillis(1_200);
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final int LARGEST = 16 << 20;
  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 400;

  private final Call call;
  private final ProxyOptions options;
  private final Premises premises;

  /// @throws RedoubtException if the sandbox does not work here or a policy is not understood
  ProxyRun(Call call, ProxyOptions options) {
    this.call = requireNonNull(call, "call");
    this.options = requireNonNull(options, "options");
    this.premises = new Premises(call, options.folder());
  }

  /// Returns the exit code: that of the server when it ended by itself.
  int perform(EvidenceLog evidence) throws InterruptedException {
    EvidenceDecisionLog log = new EvidenceDecisionLog(evidence, STREAM);
    Action.StartServer start =
        new Action.StartServer(
            options.name(),
            new Action.Run(
                new Program.Argv(options.argv()), options.folder(), Map.of(), Action.Input.OPEN));
    // Whoever typed the command has said yes to it; a deny stays one.
    Gate gate = new Gate(List.of(premises.guard().guard()), (_, _) -> Approver.Answer.YES, log);
    return switch (gate.judge(start)) {
      case Verdict.Refused(String _, Decision decision) -> refused(decision);
      case Verdict.Permitted(Permit permit) -> started(permit, evidence, log);
    };
  }

  private int refused(Decision decision) {
    CommandOutput.note(
        call,
        "redoubt: the server %s is not started: %s  (%s)",
        options.name(),
        decision.reason(),
        decision.rule());
    return ExitCode.DENIED;
  }

  private int started(Permit permit, EvidenceLog evidence, EvidenceDecisionLog log)
      throws InterruptedException {
    try (Egress egress = premises.egress(log);
        Sandbox sandbox = premises.open(egress.exits(), log)) {
      Manner manner =
          new Manner(
              new Streams.Piped(Streams.Caps.DEFAULT, this::wroteError), Optional.empty(), true);
      return switch (sandbox.perform(permit, manner)) {
        case Outcome.Runs(RunningCommand command) -> relayed(command, evidence, log);
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

  private int relayed(RunningCommand command, EvidenceLog evidence, EvidenceDecisionLog log)
      throws InterruptedException {
    QueuedApproval approval = new QueuedApproval(RelayFolders.approvals(call), evidence, options);
    Gate gate = new Gate(List.of(premises.guard().guard()), approval, log);
    AgentNames agents = new AgentNames(options.name());
    Judging judging =
        new Judging(
            List.of(
                agents,
                new StopFilter(RelayFolders.stops(call), agents),
                new PinnedTools(pins(call, options), told -> tell(told, evidence)),
                new ToolPolicy(options.name(), gate, approval::waiting)),
            options.enforcement(),
            new RelayEvidence(evidence, STREAM, options.name()));
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

  /// Returns what is kept of what this server said of its tools: the same command elsewhere is
  /// another server.
  static PinFile pins(Call call, ProxyOptions options) {
    return PinFile.of(call.globals().dataDir().toAbsolutePath(), options.scope(), options.name());
  }

  private void tell(PinnedTools.Told told, EvidenceLog evidence) {
    String server = options.name();
    if (told.pinned() > 0) {
      CommandOutput.note(
          call, "redoubt: the server %s is met: %d tools are pinned", server, told.pinned());
    }
    List<String> lines = new ArrayList<>();
    for (Difference difference : told.differences()) {
      String what = difference.kind() == Difference.Kind.ADDED ? "new" : "described differently";
      if (lines.isEmpty()) {
        CommandOutput.note(call, "redoubt: to see and accept what is different: %s", approving());
      }
      CommandOutput.note(
          call, "redoubt: the tool %s of %s is %s", cut(difference.tool()), server, what);
      lines.add("%s: %s".formatted(difference.tool(), what));
      lines.addAll(difference.lines());
    }
    told.missing().forEach(tool -> lines.add("%s: there no more".formatted(tool)));
    evidence.append(
        new Event(
            "pins",
            STREAM,
            new Payload()
                .texts("differences", lines.stream().limit(MOST_LINES).map(ProxyRun::cut).toList())
                .number("pinned", told.pinned())
                .text("server", server)
                .object()));
  }

  /* What a server writes of itself has no end by itself. */
  private static String cut(String line) {
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
  }

  /* A secret among the words is masked, and then they are not to be copied as they are. */
  private String approving() {
    List<String> words = new ArrayList<>(List.of("redoubt", "proxy", "--approve"));
    words.addAll(List.of("--name", options.name(), "--workspace", options.folder().toString()));
    words.add("--");
    words.addAll(Redaction.arguments(options.argv()));
    return words.stream()
        .map(word ->
            word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
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

  private int ended(StdioRelay relay, RunningCommand command) {
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
