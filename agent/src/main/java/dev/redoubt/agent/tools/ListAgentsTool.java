// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;

/// The tool `list_agents`: how the sub-agents stand.
final class ListAgentsTool implements Tool {

  private final ToolSpec spec = Described.tool("list_agents");
  private final Crew crew;

  ListAgentsTool(Crew crew) {
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
        spec, arguments, _ -> Agents.said(crew.standings(), Agents.Words.LEFT_OUT));
  }
}
