// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Notebook;
import dev.redoubt.agent.api.Notebook.Scope;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.secrets.Redaction;
import java.util.Optional;

/// The tool `memory`: what the next sessions are to know.
final class MemoryTool implements Tool {

  private static final String NAME = "memory";

  private final ToolSpec spec = Described.tool(NAME);
  private final Notebook notebook;

  MemoryTool(Notebook notebook) {
    this.notebook = requireNonNull(notebook, "notebook");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  /* It outlives the session, so a mode that changes nothing does not have it. */
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
          String action = given.text("action");
          String name = given.text("name");
          Scope scope = given.optionalText("scope").flatMap(Scope::of).orElse(Scope.PROJECT);
          String text = given.optionalText("text").orElse("");
          Facts about = Facts.of("action", action).and("name", name).and("scope", scope.word());
          if (action.equals("save")) {
            // What is approved is the note as it will be kept, not any note of this name.
            about = about.and("text", Redaction.text(text.strip()));
          }
          return new Step.Own(
              NAME,
              about.all(),
              () ->
                  action.equals("save")
                      ? saved(new Notebook.Note(scope, name, text))
                      : deleted(scope, name));
        });
  }

  private Step saved(Notebook.Note note) {
    if (note.text().isBlank()) {
      return Step.Done.failed("memory: \"text\" is missing: the note");
    }
    Optional<String> problem = notebook.save(note);
    return problem.isPresent()
        ? Step.Done.failed(problem.get())
        : Step.Done.said(
            "noted; the next sessions are told",
            Facts.of("scope", note.scope().word()).and("name", note.name()).all());
  }

  private Step deleted(Scope scope, String name) {
    return notebook.delete(scope, name)
        ? Step.Done.said("forgotten", Facts.of("scope", scope.word()).and("name", name).all())
        : Step.Done.failed(
            "there is no note \"%s\" (%s)".formatted(Names.oneLine(name), scope.word()));
  }
}
