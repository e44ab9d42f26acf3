// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.List;

/// The tool `todo`: the plan of a session, which the person sees. The facts of a call are the plan.
final class TodoTool implements Tool {

  private final ToolSpec spec = Described.tool("todo");

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
          StringBuilder out = new StringBuilder();
          List<Node.Obj> items = new ArrayList<>();
          for (Arguments item : given.objects("items")) {
            String text = Names.oneLine(item.text("text"));
            String state = item.text("state");
            String mark =
                switch (state) {
                  case "done" -> "[x] ";
                  case "doing" -> "[>] ";
                  default -> "[ ] ";
                };
            out.append(mark).append(text).append('\n');
            items.add(Facts.of("text", text).and("state", state).all());
          }
          return Step.Done.said(
              out.isEmpty() ? "(the plan is empty)" : out.toString(),
              new Facts().and("items", items).all());
        });
  }
}
