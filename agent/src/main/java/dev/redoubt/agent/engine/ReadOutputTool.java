// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.agent.sessions.Blobs;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import java.math.BigDecimal;
import java.util.Optional;

/// `read_output`: reads what [Clip] left out of a result. The one tool that belongs to the engine,
/// because only a session knows its own results; it touches nothing else.
final class ReadOutputTool implements Tool {

  private static final int MOST = 25_000;

  private final Blobs blobs;

  ReadOutputTool(Blobs blobs) {
    this.blobs = requireNonNull(blobs, "blobs");
  }

  @Override
  public ToolSpec spec() {
    Payload name =
        new Payload().text("type", "string").text("description", "as the shortened result gave it");
    Payload from =
        new Payload()
            .text("type", "integer")
            .text("description", "the first character to read, counted from 0");
    return new ToolSpec(
        "read_output",
        "Reads the part of an earlier result that was left out because it was long.",
        new Payload()
            .text("type", "object")
            .node(
                "properties",
                new Payload().node("name", name.object()).node("from", from.object()).object())
            .texts("required", java.util.List.of("name"))
            .flag("additionalProperties", false)
            .object());
  }

  @Override
  public Access access() {
    return Access.READS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    Optional<String> text = arguments.text("name").flatMap(blobs::text);
    if (text.isEmpty()) {
      return Step.Done.failed(
          "there is no output of that name; copy it from the result that was shortened");
    }
    int from = arguments.scalar("from").map(ReadOutputTool::number).orElse(0);
    int length = text.get().length();
    if (from >= length) {
      return Step.Done.failed("the output has %d characters".formatted(length));
    }
    int to = Math.min(length, from + MOST);
    String more = to < length ? "\n[to read on: \"from\": %d]".formatted(to) : "";
    return Step.Done.said(text.get().substring(from, to) + more, new Payload().object());
  }

  private static int number(String literal) {
    try {
      return Math.max(0, new BigDecimal(literal).intValue());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
