// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;

/// The tool `stop_agent`: ends a sub-agent.
final class StopAgentTool implements Tool {

  private final ToolSpec spec = Described.tool("stop_agent");
  private final Crew crew;

  StopAgentTool(Crew crew) {
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
          String agent = given.text("agent");
          return crew.stop(agent)
              ? Step.Done.said(agent + " has ended", Facts.of("agent", agent).all())
              : Agents.unknown(crew, agent);
        });
  }
}
