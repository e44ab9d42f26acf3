// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.memory;

import dev.redoubt.agent.api.Notebook;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt memory list`: lists what is remembered, of the person and of the current folder.
public final class MemoryListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create();
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt memory list", "redoubt memory list --quiet");
  }

  @Override
  public int run(Call call) {
    List<Notebook.Note> notes = MemoryOptions.notebook(call).notes();
    for (Notebook.Note note : notes) {
      String first = note.text().strip().lines().findFirst().orElse("");
      CommandOutput.line(call, "%-8s %-24s %s", note.scope().word(), note.name(), first);
    }
    return ExitCode.OK;
  }
}
