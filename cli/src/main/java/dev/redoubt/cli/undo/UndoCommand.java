// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.undo;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Cancellation;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.sandbox.LeftBehind;
import dev.redoubt.sandbox.snapshots.TurnRecord;
import dev.redoubt.sandbox.snapshots.Undo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt undo`: takes back the last turn that changed something, or several.
public final class UndoCommand implements Command {

  @Override
  public CommandSpec spec() {
    return UndoOptions.spec()
        .addOption(UndoOptions.value("--to", "TURN", "Take back this turn and all after it."))
        .addOption(
            OptionSpec.builder("--list").description("Only list the turns, latest first.").build())
        .addOption(UndoOptions.force());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt undo", "redoubt undo --list", "redoubt undo --to 12");
  }

  @Override
  public int run(Call call) {
    Undo undo = UndoOptions.undo(call);
    if (call.has("--list")) {
      return list(call, undo);
    }
    LeftBehind.finish(call, undo.workspace());
    return Cancellation.finishing(
        call,
        () ->
            UndoText.tell(
                call,
                undo.undo(UndoOptions.turn(call, "--to"), UndoOptions.onConflict(call)),
                "undo"));
  }

  private static int list(Call call, Undo undo) {
    List<TurnRecord> turns = undo.turns().reversed();
    Set<Integer> undone = new HashSet<>(undo.undone());
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeArrayPropertyStart("turns");
            turns.forEach(turn -> UndoText.turn(json, turn, undone.contains(turn.number())));
            json.writeEndArray();
          });
      return ExitCode.OK;
    }
    if (turns.isEmpty()) {
      CommandOutput.line(call, "no turns were recorded here");
    }
    for (TurnRecord turn : turns) {
      CommandOutput.line(
          call,
          "%4d  %s  %s%s  %s",
          turn.number(),
          turn.began(),
          UndoText.paths(turn.span().changed()),
          state(turn, undone.contains(turn.number())),
          turn.what());
    }
    return ExitCode.OK;
  }

  private static String state(TurnRecord turn, boolean undone) {
    String end =
        switch (turn.span().end()) {
          case ENDED -> "";
          case IN_PART -> ", in part";
          case OPEN -> ", not ended";
          case CUT_OFF -> ", cut off";
        };
    return undone ? end + ", undone" : end;
  }
}
