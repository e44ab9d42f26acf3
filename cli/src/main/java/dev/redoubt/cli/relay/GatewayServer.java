// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.exec.Egress;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.guard.StandingPolicy;
import dev.redoubt.cli.servers.OperatorServers;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.relay.engine.Side;
import dev.redoubt.relay.http.NotOpenedException;
import dev.redoubt.relay.http.RemoteSide;
import dev.redoubt.relay.http.Upstream;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.WallException;
import dev.redoubt.secrets.Redaction;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// One server of the gateway: started inside a sandbox of its own, or connected to, for each client
/// anew. Safe to share.
final class GatewayServer implements Upstream.Opener {

  private static final int LARGEST = 16 << 20;

  private final Call call;
  private final ServerPlan plan;
  private final Premises premises;
  private final Desk desk;
  private final Optional<Guard> connecting;

  /// What all servers of a gateway have in common.
  record Desk(EvidenceLog evidence, GatewayTokens tokens, StandingPolicy<RelayRules> policy) {
    Desk {
      requireNonNull(policy, "policy");
      requireNonNull(evidence, "evidence");
      requireNonNull(tokens, "tokens");
    }
  }

  GatewayServer(Call call, ServerPlan plan, Premises premises, Desk desk) {
    this.call = requireNonNull(call, "call");
    this.plan = requireNonNull(plan, "plan");
    this.premises = requireNonNull(premises, "premises");
    this.desk = requireNonNull(desk, "desk");
    this.connecting =
        plan.isRemote()
            ? Optional.of(NamedPlace.guard(call, premises.workspace(), plan))
            : Optional.empty();
  }

  String name() {
    return plan.name();
  }

  /// Returns what filters have to know of a server.
  static RelayedServer relayed(ServerPlan plan) {
    String what =
        switch (plan.action()) {
          case Action.StartServer(var _, Action.Run run)
              when run.program() instanceof Program.Argv(List<String> argv) ->
              "in %s: %s".formatted(run.folder(), String.join(" ", Redaction.arguments(argv)));
          case Action.Connect connect ->
              "at %s://%s:%d".formatted(connect.scheme(), connect.host(), connect.port());
          default -> plan.name();
        };
    return new RelayedServer(
        plan.name(),
        "gateway\n" + scope(plan),
        what,
        "redoubt gateway --approve " + plan.name(),
        GatewayCommand.STREAM);
  }

  private static String scope(ServerPlan plan) {
    return switch (plan.way()) {
      case ServerPlan.Way.Starts(Action.Run run)
          when run.program() instanceof Program.Argv(List<String> argv) ->
          run.folder() + "\n" + String.join("\0", argv);
      case ServerPlan.Way.Starts(Action.Run run) -> run.toString();
      case ServerPlan.Way.Asks(var server) -> server.url().text();
    };
  }

  @Override
  public boolean admits(Optional<String> client) {
    return client.isEmpty() || desk.tokens().admits(client.get(), plan.name());
  }

  @Override
  public Upstream.Opened open(Optional<String> client) throws IOException, InterruptedException {
    looked();
    EvidenceDecisionLog log = new EvidenceDecisionLog(desk.evidence(), GatewayCommand.STREAM);
    Guard starting = connecting.orElseGet(() -> desk.policy().now().guard());
    // The operator wrote it into the configuration of their own; a deny stays one.
    Gate gate = new Gate(List.of(starting), (_, _) -> Approver.Answer.YES, log);
    AgentNames agents =
        client.isPresent() ? AgentNames.of(name(), client.get()) : new AgentNames(name());
    return switch (gate.judge(plan.action())) {
      case Verdict.Refused(String _, Decision decision) ->
          throw new NotOpenedException(decision.rule(), decision.reason());
      case Verdict.Permitted(Permit permit) ->
          new Upstream.Opened(
              side(permit, starting, log),
              new ServerFilters(call, relayed(plan), desk.policy(), desk.evidence())
                  .judging(agents));
    };
  }

  /* One session after the other: the first one pins what the others are held to. */
  private synchronized void looked() throws IOException {
    if (!(plan.way() instanceof ServerPlan.Way.Starts(Action.Run run))) {
      return;
    }
    if (!(run.program() instanceof Program.Argv(List<String> argv))) {
      throw notStarted("nobody can tell which package its command runs");
    }
    Optional<BeforeStart.Refusal> refusal;
    try {
      refusal =
          new BeforeStart(call, relayed(plan), argv, run.folder())
              .refusal(desk.policy().now().settings().enforcement(), desk.evidence());
    } catch (RedoubtException e) {
      throw notStarted(String.valueOf(e.getMessage()));
    }
    if (refusal.isPresent()) {
      String rule = refusal.get().rule();
      CommandOutput.note(
          call,
          "redoubt: the server %s is not started: %s  (%s)",
          plan.name(),
          refusal.get().reason(),
          rule);
      // The reason of the pins names files of this machine.
      throw new NotOpenedException(
          rule,
          rule.equals(BeforeStart.CHANGED)
              ? "what its command runs is not what was pinned"
              : refusal.get().reason());
    }
  }

  private Side side(Permit permit, Guard starting, EvidenceDecisionLog log)
      throws IOException, InterruptedException {
    return switch (plan.way()) {
      case ServerPlan.Way.Asks _ -> {
        permit.spend();
        yield new RemoteSide(
            OperatorServers.open(call, premises.workspace(), plan, starting, log), LARGEST);
      }
      case ServerPlan.Way.Starts _ -> started(permit, log);
    };
  }

  private Side started(Permit permit, EvidenceDecisionLog log)
      throws IOException, InterruptedException {
    Egress egress = premises.egress(log);
    Optional<Sandbox> opened = Optional.empty();
    boolean runs = false;
    try {
      Sandbox sandbox = premises.open(egress.exits(), log);
      opened = Optional.of(sandbox);
      Manner manner =
          new Manner(
              new Streams.Piped(Streams.Caps.DEFAULT, this::wroteError), Optional.empty(), true);
      Side side =
          switch (sandbox.perform(permit, manner)) {
            case Outcome.Runs(RunningCommand command) ->
                new ProcessSide(command, List.of(sandbox::close, egress::close), LARGEST);
            case Outcome.NotStarted(String reason, String _) -> throw notStarted(reason);
            case Outcome.RefusedByWall(String reason, String _) -> throw notStarted(reason);
            default -> throw new IllegalStateException("no outcome of starting a server");
          };
      runs = true;
      return side;
    } catch (WallException e) {
      throw notStarted(String.valueOf(e.getMessage()));
    } catch (RedoubtException e) {
      throw notStarted(String.valueOf(e.getMessage()));
    } finally {
      if (!runs) {
        opened.ifPresent(sandbox -> ProcessSide.close(List.of((Closeable) sandbox::close)));
        ProcessSide.close(List.of(egress::close));
      }
    }
  }

  private IOException notStarted(String reason) {
    CommandOutput.note(
        call, "redoubt: the server %s could not be started: %s", plan.name(), reason);
    // Who asks over the network is told that it failed, and not what lies here.
    return new IOException("it could not be started");
  }

  /* Of many servers each line says whose it is. */
  private void wroteError(boolean errors, byte[] bytes, int length) {
    call.world().err().write(bytes, 0, length);
    call.world().err().flush();
  }
}
