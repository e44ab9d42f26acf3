// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.memory;

import dev.redoubt.agent.api.Notebook;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt memory edit`: writes a note from standard input.
public final class MemoryEditCommand implements Command {

  @Override
  public CommandSpec spec() {
    return MemoryOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt memory edit how-to-test < note.md",
        "redoubt memory edit style --scope user < style.md");
  }

  @Override
  public int run(Call call) {
    String text = MemoryOptions.input(call);
    Notebook.Note note =
        new Notebook.Note(
            MemoryOptions.scope(call).orElse(Notebook.Scope.PROJECT),
            call.parameter(0).orElse(""),
            text);
    MemoryOptions.notebook(call)
        .save(note)
        .ifPresent(problem -> {
          throw new UsageException(problem);
        });
    return ExitCode.OK;
  }
}
