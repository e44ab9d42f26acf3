// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.guard.StandingPolicy;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.mcp.pins.Difference;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.detectors.DetectorFilters;
import dev.redoubt.relay.detectors.Suppressions;
import dev.redoubt.relay.engine.Judging;
import dev.redoubt.relay.filters.MessageRules;
import dev.redoubt.relay.filters.PinnedTools;
import dev.redoubt.relay.filters.ToolPolicy;
import dev.redoubt.relay.limits.LimitFilter;
import dev.redoubt.relay.stops.StopFilter;
import java.util.ArrayList;
import java.util.List;

/// What stands in front of one server, whatever carries its messages: the one place where the
/// filters of a relay are put together. Safe to share between conversations.
final class ServerFilters {

  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 400;

  private final Call call;
  private final RelayedServer server;
  private final StandingPolicy<RelayRules> policy;
  private final EvidenceLog evidence;
  private final LimitFilter.Running running = new LimitFilter.Running();

  /// @param policy what judges calls, and which rules stop messages
  /// @param evidence where everything is written down
  ServerFilters(
      Call call, RelayedServer server, StandingPolicy<RelayRules> policy, EvidenceLog evidence) {
    this.call = requireNonNull(call, "call");
    this.server = requireNonNull(server, "server");
    this.policy = requireNonNull(policy, "policy");
    this.evidence = requireNonNull(evidence, "evidence");
  }

  /// Returns who judges the messages of one conversation, each by the rules as they are then.
  ///
  /// @param agents who the agent of it is
  Judging judging(AgentNames agents) {
    QueuedApproval approval = new QueuedApproval(RelayFolders.approvals(call), evidence, server);
    EvidenceDecisionLog decisions = new EvidenceDecisionLog(evidence, server.stream());
    StopFilter stops = new StopFilter(RelayFolders.stops(call), agents);
    PinnedTools pins = new PinnedTools(server.pins(call), this::tell);
    Suppressions suppressions = SuppressSettings.of(call, server.name());
    Filter credentials = DetectorFilters.credentials(suppressions);
    List<Filter> others = DetectorFilters.others(suppressions);
    LimitFilter limits =
        new LimitFilter(
            server.name(),
            agents::names,
            List.of(),
            RelayFolders.counts(call),
            running,
            call.world().clock());
    return new Judging(
        () -> {
          StandingPolicy.Now<RelayRules> now = policy.now();
          Gate gate = new Gate(List.of(now.guard()), approval, decisions);
          List<Filter> filters = new ArrayList<>(List.of(agents, stops, pins));
          // Before the policy, whose entries and questions then have no credentials in them.
          filters.add(credentials);
          filters.add(new ToolPolicy(server.name(), gate, now.managed(), approval::waiting));
          filters.add(new MessageRules(server.name(), now.guard(), now.managed()));
          filters.addAll(others);
          // The last one: what it lets pass is counted as called.
          filters.add(limits.with(now.settings().limits()));
          return new Judging.Rules(filters, now.settings().enforcement());
        },
        new RelayEvidence(evidence, server.stream(), server.name()));
  }

  private void tell(PinnedTools.Told told) {
    String name = server.name();
    if (told.pinned() > 0) {
      CommandOutput.note(
          call, "redoubt: the server %s is met: %d tools are pinned", name, told.pinned());
    }
    List<String> lines = new ArrayList<>();
    for (Difference difference : told.differences()) {
      String what = difference.kind() == Difference.Kind.ADDED ? "new" : "described differently";
      if (lines.isEmpty()) {
        CommandOutput.note(
            call, "redoubt: to see and accept what is different: %s", server.approving());
      }
      CommandOutput.note(
          call, "redoubt: the tool %s of %s is %s", cut(difference.tool()), name, what);
      lines.add("%s: %s".formatted(difference.tool(), what));
      lines.addAll(difference.lines());
    }
    told.missing().forEach(tool -> lines.add("%s: there no more".formatted(tool)));
    evidence.append(
        new Event(
            "pins",
            server.stream(),
            new Payload()
                .texts(
                    "differences",
                    lines.stream().limit(MOST_LINES).map(ServerFilters::cut).toList())
                .number("pinned", told.pinned())
                .text("server", name)
                .object()));
  }

  /* What a server writes of itself has no end by itself. */
  private static String cut(String line) {
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
  }
}
