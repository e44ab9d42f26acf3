// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.files.Before;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The tool `remember`: writes a note into `.redoubt/memory` of the workspace, a Markdown file for
/// each topic.
final class RememberTool implements Tool {

  private static final int LARGEST = 64 << 10;

  private final ToolSpec spec = Described.tool("remember");
  private final Workplace place;

  RememberTool(Workplace place) {
    this.place = requireNonNull(place, "place");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.WRITES;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(
        spec,
        arguments,
        given -> {
          Optional<Path> path = RecallTool.note(place, given.text("topic"));
          return path.isEmpty()
              ? Step.Done.failed(RecallTool.NO_TOPIC)
              : Failures.perform(
                  new Action.Read(path.get()),
                  outcome ->
                      outcome instanceof Outcome.ReadFile(Content content, long size)
                          ? write(path.get(), given, content, size)
                          : write(path.get(), given.text("text"), Before.NOTHING));
        });
  }

  private Step write(Path path, Arguments given, Content content, long size) {
    boolean replaced = given.isTrue("replace");
    if (!replaced && size > LARGEST) {
      return Step.Done.failed(
          "the note has %d bytes: write a shorter one with replace".formatted(size));
    }
    String before = new String(content.bytes(), StandardCharsets.UTF_8);
    String text =
        replaced ? given.text("text") : before.stripTrailing() + "\n\n" + given.text("text");
    return write(path, text, new Before.Version(content.sha256()));
  }

  private Step write(Path path, String text, Before before) {
    return new Step.Perform(
        new Action.Write(path, Content.of(text.stripTrailing() + "\n")),
        Manner.over(before),
        outcome ->
            outcome instanceof Outcome.Changed
                ? Step.Done.said(
                    "noted in " + place.shown(path), Facts.of("path", place.shown(path)).all())
                : Failures.of(outcome));
  }
}
