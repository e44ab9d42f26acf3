// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.Egress;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.inspect.Flaw;
import dev.redoubt.cli.inspect.InspectedServer;
import dev.redoubt.cli.inspect.InspectedServer.Origin;
import dev.redoubt.cli.inspect.Inspection;
import dev.redoubt.cli.inspect.PackageFlaws;
import dev.redoubt.cli.servers.OperatorServers;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.mcp.client.McpException;
import dev.redoubt.mcp.pins.PinFile;
import dev.redoubt.mcp.pins.Review;
import dev.redoubt.mcp.rpc.Framing;
import dev.redoubt.mcp.rpc.StreamTransport;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.model.Severity;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at one server: judged, started inside a wall or asked over HTTP, heard, and ended.
final class InspectRun {

  static final String STREAM = "mcp-inspect";

  private static final int LARGEST = 16 << 20;

  private final Call call;
  private final ProxyOptions options;
  private final RelayedServer server;
  private final List<Flaw> flaws = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  InspectRun(Call call, ProxyOptions options) {
    this.call = requireNonNull(call, "call");
    this.options = requireNonNull(options, "options");
    this.server = options.server();
  }

  /// What came of it.
  ///
  /// @param otherwise the exit code when nothing is critical
  record Seen(Inspection inspection, int otherwise) {}

  /// Starts the server and returns what it offers.
  Seen started(EvidenceLog evidence) throws InterruptedException {
    Optional<Seen> stopped = beforeStart();
    if (stopped.isPresent()) {
      return stopped.get();
    }
    Premises premises = new Premises(call, options.folder());
    if (premises.backend().holds() != Wall.HELD) {
      throw new UsageException(
          "--sandbox %s is no wall: a server is looked at inside bubblewrap, landlock or docker"
              .formatted(premises.backend().name()));
    }
    Map<String, String> given = GivenVariables.of(call);
    switch (InspectConsent.ask(call, options, premises.backend().name(), given.keySet())) {
      case NO -> {
        return unmet(ExitCode.DENIED, "not started: you said no");
      }
      case NOBODY -> {
        return unmet(ExitCode.QUESTION, "not started: nobody said yes to it (--yes)");
      }
      case YES -> {}
    }
    EvidenceDecisionLog log = new EvidenceDecisionLog(evidence, STREAM);
    Action.StartServer start =
        new Action.StartServer(
            options.name(),
            new Action.Run(
                new Program.Argv(options.argv()), options.folder(), given, Action.Input.OPEN));
    // Somebody has just said yes to exactly this; a deny stays one.
    Gate gate = new Gate(List.of(premises.guard().guard()), (_, _) -> Approver.Answer.YES, log);
    return switch (gate.judge(start)) {
      case Verdict.Refused(String _, Decision decision) -> refused(decision);
      case Verdict.Permitted(Permit permit) -> inside(premises, permit, log);
    };
  }

  /* What is known without starting anything, and whether that is reason enough not to. */
  private Optional<Seen> beforeStart() {
    List<LaunchedPart> parts = LaunchedParts.of(call, options.argv(), options.folder());
    PackageFlaws packages =
        PackageFlaws.of(
            call, server.name(), parts.stream().flatMap(part -> part.purl().stream()).toList());
    flaws.addAll(packages.flaws());
    notes.addAll(packages.notes());
    PinFile pins = BeforeStart.pins(call, server);
    if (!pins.isFirst()) {
      Review review = pins.compare(parts.stream().map(BeforeStart::descriptor).toList());
      for (String line : BeforeStart.lines(review.differences())) {
        flaws.add(
            new Flaw(Severity.CRITICAL, BeforeStart.CHANGED, server.name(), "", "", line.strip()));
      }
      if (!review.differences().isEmpty()) {
        notes.add("a proxy stops it, too; once it was tried, to accept it: " + server.approving());
        return Optional.of(
            unmet(ExitCode.DENIED, "not started: its files are not the pinned ones"));
      }
    }
    return PackageFindings.of(call, parts.stream().flatMap(part -> part.purl().stream()).toList())
        .refusal()
        .map(reason ->
            unmet(ExitCode.DENIED, "not started: %s (%s)".formatted(reason, BeforeStart.FINDINGS)));
  }

  private Seen inside(Premises premises, Permit permit, EvidenceDecisionLog log)
      throws InterruptedException {
    try (Egress egress = premises.egress(log);
        Sandbox sandbox = premises.open(egress.exits(), log)) {
      Manner manner =
          new Manner(
              new Streams.Piped(Streams.Caps.DEFAULT, (_, _, _) -> {}), Optional.empty(), true);
      return switch (sandbox.perform(permit, manner)) {
        case Outcome.Runs(RunningCommand command) -> met(command);
        case Outcome.NotStarted(String reason, String fix) -> failed(reason, fix);
        case Outcome.RefusedByWall(String reason, String fix) -> failed(reason, fix);
        default -> throw new IllegalStateException("no outcome of starting a server");
      };
    } catch (WallException e) {
      return failed(String.valueOf(e.getMessage()), e.fix());
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.NO_SANDBOX, "the sandbox failed: %s".formatted(RedoubtException.reason(e)), e);
    }
  }

  private Seen met(RunningCommand command) throws InterruptedException {
    try (command) {
      Meeting.Heard heard =
          Meeting.with(
              call,
              new StreamTransport(
                  command.fromOutput(),
                  command.toInput(),
                  Framing.LINES,
                  LARGEST,
                  () -> command.cut("its connection ended")),
              server,
              options.folder());
      return heard(heard, Origin.STARTED);
    } catch (McpException e) {
      command.cut("it was of no use");
      return failed("it " + e.reason(), lastWords(command));
    }
  }

  private static String lastWords(RunningCommand command) {
    String errors = command.errors().toString().strip().replaceAll("\\s+", " ");
    return errors.isEmpty()
        ? ""
        : "it wrote: " + errors.substring(Math.max(0, errors.length() - 300));
  }

  /// Asks the server at `plan` and returns what it offers.
  Seen asked(ServerPlan plan, EvidenceLog evidence) throws InterruptedException {
    EvidenceDecisionLog log = new EvidenceDecisionLog(evidence, STREAM);
    // Whoever typed the address has said yes to it; a deny stays one.
    Guard named = NamedPlace.guard(call, options.folder(), plan);
    Gate gate = new Gate(List.of(named), (_, _) -> Approver.Answer.YES, log);
    return switch (gate.judge(plan.action())) {
      case Verdict.Refused(String _, Decision decision) -> refused(decision);
      case Verdict.Permitted(Permit permit) -> {
        permit.spend();
        try {
          yield heard(
              Meeting.with(
                  call,
                  OperatorServers.open(call, options.folder(), plan, named, log),
                  server,
                  options.folder()),
              Origin.ASKED);
        } catch (McpException e) {
          yield failed("it " + e.reason(), "");
        }
      }
    };
  }

  private Seen heard(Meeting.Heard heard, Origin origin) {
    flaws.addAll(heard.flaws());
    return new Seen(Inspection.of(heard.of(server, origin, notes), flaws), ExitCode.OK);
  }

  private Seen refused(Decision decision) {
    String reason = "%s  (%s)".formatted(decision.reason(), decision.rule());
    CommandOutput.note(call, "redoubt: the server %s is not asked: %s", server.name(), reason);
    return unmet(ExitCode.DENIED, "denied: " + reason);
  }

  private Seen failed(String reason, String fix) {
    CommandOutput.note(call, "redoubt: the server %s: %s", server.name(), reason);
    if (!fix.isEmpty()) {
      CommandOutput.note(call, "  %s", fix);
    }
    return unmet(ExitCode.ENVIRONMENT, "not met: " + reason);
  }

  private Seen unmet(int otherwise, String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new Seen(
        Inspection.of(
            new InspectedServer(
                server.name(), Origin.NOT_MET, server.place(), Optional.empty(), List.of(), all),
            flaws),
        otherwise);
  }

  /// Writes down what was found.
  static void write(EvidenceLog evidence, RelayedServer server, Inspection inspection) {
    evidence.append(
        new Event(
            "inspection",
            STREAM,
            new Payload()
                .texts(
                    "findings",
                    inspection.flaws().stream()
                        .limit(200)
                        .map(flaw -> "%s %s".formatted(flaw.id(), flaw.subject()))
                        .map(line -> line.length() > 400 ? line.substring(0, 400) + "…" : line)
                        .toList())
                .text("server", server.name())
                .object()));
  }
}
