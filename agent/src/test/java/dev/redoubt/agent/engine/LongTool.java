// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;

/// Says a thousand characters.
final class LongTool implements Tool {

  @Override
  public ToolSpec spec() {
    return new ToolSpec("long", "Talks.", new Payload().text("type", "object").object());
  }

  @Override
  public Access access() {
    return Access.THINKS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Step.Done.said("x".repeat(1_000), new Payload().object());
  }
}
