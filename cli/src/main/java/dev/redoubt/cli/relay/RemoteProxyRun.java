// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.servers.OperatorServers;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.relay.engine.Judging;
import dev.redoubt.relay.engine.Side;
import dev.redoubt.relay.http.RemoteSide;
import dev.redoubt.relay.stdio.Ends;
import dev.redoubt.relay.stdio.StdioRelay;
import java.time.Duration;
import java.util.List;

/// One server over HTTP behind a relay: judged, and spoken to until one side ends.
final class RemoteProxyRun {

  private static final int LARGEST = 16 << 20;
  /* What the agent asked before it closed its side may still be answered. */
  private static final Duration FAREWELL = Duration.ofMillis(1_200);
  private static final Duration LAST_WORDS = Duration.ofMillis(1_700);

  private final Call call;
  private final ProxyOptions options;
  private final ServerPlan plan;

  /// @throws dev.redoubt.model.RedoubtException if a policy or the configuration is not understood
  RemoteProxyRun(Call call, ProxyOptions options) {
    this.call = requireNonNull(call, "call");
    this.options = requireNonNull(options, "options");
    this.plan = OperatorServers.at(call, options.folder(), options.url().orElseThrow());
  }

  /// Returns the exit code.
  int perform(EvidenceLog evidence) throws InterruptedException {
    EvidenceDecisionLog log = new EvidenceDecisionLog(evidence, ProxyRun.STREAM);
    // Whoever typed the address has said yes to it; a deny stays one.
    Guard named = NamedPlace.guard(call, options.folder(), plan);
    Gate gate = new Gate(List.of(named), (_, _) -> Approver.Answer.YES, log);
    return switch (gate.judge(plan.action())) {
      case Verdict.Refused(String _, Decision decision) -> refused(decision);
      case Verdict.Permitted(Permit permit) -> {
        permit.spend();
        yield relayed(evidence, named, log);
      }
    };
  }

  private int refused(Decision decision) {
    CommandOutput.note(
        call,
        "redoubt: the server %s is not asked: %s  (%s)",
        options.name(),
        decision.reason(),
        decision.rule());
    return ExitCode.DENIED;
  }

  private int relayed(EvidenceLog evidence, Guard named, EvidenceDecisionLog log)
      throws InterruptedException {
    StartLine.write(call, options, "http");
    Judging judging =
        new ServerFilters(
                call,
                options.server(),
                RelayRules.standing(call, options.folder(), Wall.NONE, evidence, ProxyRun.STREAM),
                evidence)
            .judging(new AgentNames(options.name()));
    Side server =
        new RemoteSide(OperatorServers.open(call, options.folder(), plan, named, log), LARGEST);
    StdioRelay relay =
        new StdioRelay(
            new Ends(call.world().streams().in(), call.world().out()),
            server,
            FAREWELL,
            judging,
            LARGEST);
    relay.start();
    return switch (relay.await()) {
      case CLIENT -> {
        relay.drained(LAST_WORDS);
        relay.lost("was left");
        yield ExitCode.OK;
      }
      case SERVER -> {
        server.close();
        relay.lost("has ended the session");
        CommandOutput.note(call, "redoubt: the server %s has ended the session", options.name());
        yield ExitCode.ENVIRONMENT;
      }
    };
  }
}
