// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;

/// Counts how often it was called.
final class CountingTool implements Tool {

  private int count;

  @Override
  public ToolSpec spec() {
    return new ToolSpec("count", "Counts.", new Payload().text("type", "object").object());
  }

  @Override
  public Access access() {
    return Access.THINKS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Step.Done.said("number " + ++count, new Payload().object());
  }
}
