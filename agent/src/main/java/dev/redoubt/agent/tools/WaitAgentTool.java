// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Crew.Standing;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import java.time.Duration;
import java.util.List;

/// The tool `wait_agent`: the answers of sub-agents.
final class WaitAgentTool implements Tool {

  private static final int USUAL_SECONDS = 600;

  private final ToolSpec spec = Described.tool("wait_agent");
  private final Crew crew;

  WaitAgentTool(Crew crew) {
    this.crew = requireNonNull(crew, "crew");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.THINKS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(
        spec,
        arguments,
        given -> {
          List<String> all = crew.standings().stream().map(Standing::agent).toList();
          List<String> named = given.texts("agents");
          for (String name : named) {
            if (!all.contains(name)) {
              return Agents.unknown(crew, name);
            }
          }
          List<String> awaited = named.isEmpty() ? all : named;
          Duration atMost = Duration.ofSeconds(given.number("wait_seconds", USUAL_SECONDS));
          return new Step.Own("wait_agent", new Facts().all(), () -> ended(awaited, atMost));
        });
  }

  private Step ended(List<String> agents, Duration atMost) {
    try {
      crew.await(agents, atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Agents.said(
        crew.standings().stream().filter(one -> agents.contains(one.agent())).toList(),
        Agents.Words.SAID);
  }
}
