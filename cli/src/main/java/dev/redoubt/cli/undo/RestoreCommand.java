// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.undo;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Cancellation;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.UsageException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt restore FILE`: brings one file or folder back as it was before a turn.
public final class RestoreCommand implements Command {

  @Override
  public CommandSpec spec() {
    return UndoOptions.spec()
        .addOption(
            UndoOptions.value(
                "--turn", "TURN", "As it was before this turn; else the last that changed it."))
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("FILE")
                .index("0")
                .arity("0..1")
                .type(String.class)
                .description("The file or folder, relative to the current folder.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt restore src/main.c", "redoubt restore src --turn 12");
  }

  @Override
  public int run(Call call) {
    String file =
        call.parameter(0)
            .filter(name -> !name.isEmpty())
            .orElseThrow(() -> new UsageException("which file? redoubt restore FILE"));
    return Cancellation.finishing(
        call,
        () ->
            UndoText.tell(
                call,
                UndoOptions.undo(call)
                    .restore(call.resolve(file), UndoOptions.turn(call, "--turn"))));
  }
}
