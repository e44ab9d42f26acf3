// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.agent.sessions.Transcript.Spent;
import java.util.Locale;
import java.util.Optional;

/// Counts what a session has used, from its events. Safe to share.
final class Gauge {

  private Spent spent = Spent.NOTHING;
  private long context;

  synchronized void take(AgentEvent event) {
    switch (event) {
      case AgentEvent.Answered(var _, var _, Usage usage, var cost, var _) -> {
        spent = spent.plus(1, usage, cost);
        context = usage.input() + usage.output();
      }
      case AgentEvent.Unanswered(var _, var _, Usage usage, var cost, var _) ->
          spent = spent.plus(0, usage, cost);
      case AgentEvent.Titled(var _, var _, Usage usage, var cost) ->
          spent = spent.plus(0, usage, cost);
      case AgentEvent.Compacted _ -> context = 0;
      case AgentEvent.Opened _,
          AgentEvent.Prompted _,
          AgentEvent.Asked _,
          AgentEvent.Growing _,
          AgentEvent.Decided _,
          AgentEvent.Approved _,
          AgentEvent.Returned _,
          AgentEvent.Noted _,
          AgentEvent.Hooked _,
          AgentEvent.Named _,
          AgentEvent.Forked _,
          AgentEvent.Ended _ -> {}
    }
  }

  synchronized Spent spent() {
    return spent;
  }

  /// Returns how many tokens the last request and its answer had; 0 when nobody knows.
  synchronized long context() {
    return context;
  }

  /// Returns the context that is used, in the manner of `12%`.
  String used(int size) {
    long now = context();
    return now == 0 ? "0%" : Math.max(1, Math.min(100, now * 100 / size)) + "%";
  }

  /// Returns the cost, in the manner of `$0.0123`.
  String cost() {
    Spent now = spent();
    if (now.turns() == 0) {
      return "$0";
    }
    Optional<String> known =
        now.known().map(cost -> String.format(Locale.ROOT, "$%.4f", cost.toUsd().doubleValue()));
    return known.orElse("cost unknown");
  }
}
