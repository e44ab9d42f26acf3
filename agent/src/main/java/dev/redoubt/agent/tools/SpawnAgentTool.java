// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import java.util.List;
import java.util.Locale;

/// The tool `spawn_agent`: an agent for a task of its own, which may do no more than this one.
final class SpawnAgentTool implements Tool {

  private static final String NAME = "spawn_agent";
  private static final int MOST_OF_KINDS = 4_000;

  private final ToolSpec spec;
  private final Crew crew;

  SpawnAgentTool(Crew crew) {
    this.crew = requireNonNull(crew, "crew");
    ToolSpec plain = Described.tool(NAME);
    this.spec = new ToolSpec(NAME, plain.description() + kinds(crew), plain.parameters());
  }

  private static String kinds(Crew crew) {
    StringBuilder text = new StringBuilder();
    for (Crew.Kind kind : crew.kinds()) {
      String line = "\n- %s: %s".formatted(kind.name(), Names.oneLine(kind.description()));
      if (text.length() + line.length() > MOST_OF_KINDS) {
        text.append("\n- and more");
        break;
      }
      text.append(line);
    }
    return text.isEmpty() ? "" : "\nKinds:" + text;
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
          Crew.Order order =
              new Crew.Order(
                  given.optionalText("kind").orElse(""),
                  given.text("task"),
                  given.optionalText("model").orElse(""),
                  given.texts("tools"),
                  given.isTrue("worktree") ? Crew.Ground.WORKTREE : Crew.Ground.WORKSPACE);
          return new Step.Own(NAME, about(order), () -> hired(order));
        });
  }

  /* Not the task: what it says of files and addresses is judged when they are touched. */
  private static Node.Obj about(Crew.Order order) {
    return Facts.of("kind", order.kind())
        .and("model", order.model())
        .and("ground", order.ground().name().toLowerCase(Locale.ROOT))
        .all();
  }

  private Step hired(Crew.Order order) {
    return switch (crew.hire(order)) {
      case Crew.Hiring.Declined(String why) -> Step.Done.failed(why);
      case Crew.Hiring.Hired(String agent, String session, List<String> notes) -> {
        StringBuilder said = new StringBuilder(agent).append(" works; wait_agent for its answer");
        notes.forEach(note -> said.append('\n').append(note));
        yield Step.Done.said(
            said.toString(), Facts.of("agent", agent).and("session", session).all());
      }
    };
  }
}
