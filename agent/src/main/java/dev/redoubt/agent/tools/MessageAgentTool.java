// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;

/// The tool `message_agent`: more for a sub-agent to hear, or to do.
final class MessageAgentTool implements Tool {

  private final ToolSpec spec = Described.tool("message_agent");
  private final Crew crew;

  MessageAgentTool(Crew crew) {
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
          return crew.standings().stream().anyMatch(one -> one.agent().equals(agent))
              ? new Step.Own(
                  "message_agent",
                  Facts.of("agent", agent).all(),
                  () -> told(agent, given.text("message")))
              : Agents.unknown(crew, agent);
        });
  }

  private Step told(String agent, String message) {
    return crew.tell(agent, message)
        .<Step>map(Step.Done::failed)
        .orElseGet(() -> Step.Done.said(agent + " was told", Facts.of("agent", agent).all()));
  }
}
