// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.staged;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.undo.UndoText;
import dev.redoubt.sandbox.snapshots.StagedChange;
import dev.redoubt.sandbox.snapshots.StagedWrites;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt staged discard`: forgets what is staged; the workspace stays as it is.
public final class StagedDiscardCommand implements Command {

  @Override
  public CommandSpec spec() {
    return StagedOptions.on(CommandSpec.create()).addPositional(StagedOptions.files());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt staged discard", "redoubt staged discard src/main.c");
  }

  @Override
  public int run(Call call) {
    StagedWrites staged = StagedOptions.staged(call);
    List<StagedChange> forgotten;
    try {
      forgotten = staged.discard(StagedOptions.files(call));
    } catch (IOException e) {
      throw StagedOptions.unusable(staged, e);
    }
    if (call.has("--json")) {
      CommandOutput.json(call, json -> StagedText.array(json, "discarded", forgotten));
    } else {
      CommandOutput.line(call, "discarded: %s", UndoText.paths(forgotten.size()));
      StagedText.lines(call, forgotten);
    }
    return ExitCode.OK;
  }
}
