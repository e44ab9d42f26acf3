// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.staged;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.undo.UndoText;
import dev.redoubt.sandbox.snapshots.FileDiff;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt staged diff`: shows what staged writes would change.
public final class StagedDiffCommand implements Command {

  @Override
  public CommandSpec spec() {
    return StagedOptions.on(CommandSpec.create()).addPositional(StagedOptions.files());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt staged diff", "redoubt staged diff src/main.c");
  }

  @Override
  public int run(Call call) {
    List<FileDiff> diffs = StagedOptions.staged(call).diff(StagedOptions.files(call));
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
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
}
