// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.memory;

import dev.redoubt.agent.api.Notebook;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt memory show`: shows one note.
public final class MemoryShowCommand implements Command {

  @Override
  public CommandSpec spec() {
    return MemoryOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt memory show how-to-test", "redoubt memory show style --scope user");
  }

  @Override
  public int run(Call call) {
    Notebook.Note note = MemoryOptions.note(call);
    note.text().strip().lines().forEach(line -> CommandOutput.line(call, "%s", line));
    return ExitCode.OK;
  }
}
