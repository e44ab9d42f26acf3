// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import dev.redoubt.relay.stops.Stops;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Learns what the agent calls itself, as it greets or with each request, and says what a stop of
/// this relay may be about. Stands before the filter that looks for stops.
///
/// An agent keeps every name it ever gave: another name is no way out of a stop.
final class AgentNames implements Filter, Supplier<List<Stops.Target>> {

  /// What an agent is called that has not said its name.
  static final Stops.Target UNNAMED = Stops.Target.agent("unnamed");

  private static final String META = "io.modelcontextprotocol/clientInfo";
  private static final int MOST = 16;

  private final Stops.Target server;
  private final Set<Stops.Target> agents = new LinkedHashSet<>();

  /// @param server what it is called in rules
  AgentNames(String server) {
    this.server = Stops.Target.server(requireNonNull(server, "server"));
  }

  /// Returns the names of the agent whose token is called `token`, which it need not say itself.
  static AgentNames of(String server, String token) {
    AgentNames names = new AgentNames(server);
    names.agents.add(Stops.Target.agent(token));
    return names;
  }

  @Override
  public String name() {
    return "agents";
  }

  @Override
  public Ruling judge(Passing passing, Upstream upstream) {
    if (passing.direction() != Direction.TO_SERVER) {
      return Ruling.PASSES;
    }
    Optional<Node> params = passing.body();
    Ruling greeting =
        passing.asks("initialize")
            ? met(params.flatMap(given -> given.get("clientInfo")))
            : Ruling.PASSES;
    return greeting.equals(Ruling.PASSES)
        ? met(params.flatMap(given -> given.get("_meta")).flatMap(meta -> meta.get(META)))
        : greeting;
  }

  private Ruling met(Optional<Node> client) {
    return client
        .flatMap(given -> given.text("name"))
        .filter(name -> !name.isEmpty())
        .map(name -> met(Stops.Target.agent(name)))
        .orElse(Ruling.PASSES);
  }

  private synchronized Ruling met(Stops.Target agent) {
    if (agents.contains(agent)) {
      return Ruling.PASSES;
    }
    if (agents.size() == MOST) {
      return new Ruling.Blocks(
          "relay.agent-names", "an agent has %d names at most".formatted(MOST));
    }
    agents.add(agent);
    return new Ruling.Remarks("relay.agent", "the agent is called " + agent.name());
  }

  /// Returns everything, the server, and the agent by all its names.
  @Override
  public synchronized List<Stops.Target> get() {
    List<Stops.Target> targets = new ArrayList<>(List.of(Stops.Target.ALL, server));
    targets.addAll(agents.isEmpty() ? Set.of(UNNAMED) : agents);
    return targets;
  }

  /// Returns the names of the agent.
  synchronized List<String> names() {
    return agents.isEmpty()
        ? List.of(UNNAMED.name())
        : agents.stream().map(Stops.Target::name).toList();
  }
}
