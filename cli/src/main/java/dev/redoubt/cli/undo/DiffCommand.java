// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.undo;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.sandbox.snapshots.FileDiff;
import dev.redoubt.sandbox.snapshots.TurnRecord;
import dev.redoubt.sandbox.snapshots.Undo;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt diff`: shows what a turn changed.
public final class DiffCommand implements Command {

  @Override
  public CommandSpec spec() {
    return UndoOptions.spec()
        .addOption(
            UndoOptions.value("--turn", "TURN", "The turn; else the last that changed something."));
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt diff", "redoubt diff --turn 12");
  }

  @Override
  public int run(Call call) {
    Undo undo = UndoOptions.undo(call);
    OptionalInt named = UndoOptions.turn(call, "--turn");
    int turn = named.isPresent() ? named.getAsInt() : last(undo);
    List<FileDiff> diffs = undo.diff(turn);
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeNumberProperty("turn", turn);
            json.writeArrayPropertyStart("files");
            for (FileDiff diff : diffs) {
              json.writeStartObject();
              UndoText.change(json, diff.change());
              json.writeStringProperty("content", UndoText.word(diff.content()));
              json.writeStringProperty("diff", diff.text());
              json.writeEndObject();
            }
            json.writeEndArray();
          });
    } else {
      diffs.forEach(diff ->
          diff.text().lines().forEach(line -> call.world().out().println(UndoText.safe(line))));
    }
    return ExitCode.OK;
  }

  private static int last(Undo undo) {
    return undo.turns().reversed().stream()
        .filter(turn -> turn.span().changed() > 0)
        .findFirst()
        .map(TurnRecord::number)
        .orElseThrow(() -> new UsageException("no turn changed anything here"));
  }
}
