// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.memory;

import dev.redoubt.agent.api.Notebook;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt memory delete`: forgets one note.
public final class MemoryDeleteCommand implements Command {

  @Override
  public CommandSpec spec() {
    return MemoryOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt memory delete how-to-test", "redoubt memory delete style --scope user");
  }

  @Override
  public int run(Call call) {
    Notebook.Note note = MemoryOptions.note(call);
    MemoryOptions.notebook(call).delete(note.scope(), note.name());
    return ExitCode.OK;
  }
}
