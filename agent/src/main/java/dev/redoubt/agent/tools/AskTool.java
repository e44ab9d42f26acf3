// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;

/// The tool `ask`: a question to the person. It settles nothing that the guard asks.
final class AskTool implements Tool {

  private final ToolSpec spec = Described.tool("ask");

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
        given ->
            new Step.AskPerson(
                given.text("question"),
                given.texts("choices"),
                answer ->
                    Step.Done.said(
                        answer,
                        Facts.of("question", given.text("question")).and("answer", answer).all())));
  }
}
