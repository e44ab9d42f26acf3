// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.undo;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Cancellation;
import dev.redoubt.cli.Command;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt redo`: takes the last undo back.
public final class RedoCommand implements Command {

  @Override
  public CommandSpec spec() {
    return UndoOptions.spec().addOption(UndoOptions.force());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt redo", "redoubt redo --json");
  }

  @Override
  public int run(Call call) {
    return Cancellation.finishing(
        call,
        () ->
            UndoText.tell(call, UndoOptions.undo(call).redo(UndoOptions.onConflict(call)), "redo"));
  }
}
