// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.mcp.pins.Difference;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.detectors.DetectorFilters;
import dev.redoubt.relay.detectors.Suppressions;
import dev.redoubt.relay.engine.Enforcement;
import dev.redoubt.relay.engine.Judging;
import dev.redoubt.relay.filters.MessageRules;
import dev.redoubt.relay.filters.PinnedTools;
import dev.redoubt.relay.filters.ToolPolicy;
import dev.redoubt.relay.limits.Limit;
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
  private final Guard guard;
  private final Enforcement enforcement;
  private final EvidenceLog evidence;
  private final List<Limit> limits;
  private final LimitFilter.Running running = new LimitFilter.Running();

  /// @param guard what judges calls
  /// @param enforcement which rules stop messages
  /// @param evidence where everything is written down
  ServerFilters(
      Call call, RelayedServer server, Guard guard, Enforcement enforcement, EvidenceLog evidence) {
    this.call = requireNonNull(call, "call");
    this.server = requireNonNull(server, "server");
    this.guard = requireNonNull(guard, "guard");
    this.enforcement = requireNonNull(enforcement, "enforcement");
    this.evidence = requireNonNull(evidence, "evidence");
    this.limits = RelaySettings.of(call).limits();
  }

  /// Returns who judges the messages of one conversation.
  ///
  /// @param agents who the agent of it is
  Judging judging(AgentNames agents) {
    QueuedApproval approval = new QueuedApproval(RelayFolders.approvals(call), evidence, server);
    Gate gate =
        new Gate(List.of(guard), approval, new EvidenceDecisionLog(evidence, server.stream()));
    List<Filter> filters = new ArrayList<>();
    filters.add(agents);
    filters.add(new StopFilter(RelayFolders.stops(call), agents));
    filters.add(new PinnedTools(server.pins(call), this::tell));
    Suppressions suppressions = SuppressSettings.of(call, server.name());
    // Before the policy, whose entries and questions then have no credentials in them.
    filters.add(DetectorFilters.credentials(suppressions));
    filters.add(new ToolPolicy(server.name(), gate, approval::waiting));
    filters.add(new MessageRules(server.name(), guard));
    filters.addAll(DetectorFilters.others(suppressions));
    // The last one: what it lets pass is counted as called.
    filters.add(
        new LimitFilter(
            server.name(),
            agents::names,
            limits,
            RelayFolders.counts(call),
            running,
            call.world().clock()));
    return new Judging(
        filters, enforcement, new RelayEvidence(evidence, server.stream(), server.name()));
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
