// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.trust;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.trust.TrustFile.Kept;
import dev.redoubt.guard.trust.TrustRecord;
import dev.redoubt.model.RedoubtException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt trust list`: every checkout somebody said yes to, and whether that still holds.
public final class TrustListCommand implements Command {

  /// One line of the list.
  ///
  /// @param state `trusted`, `changed`, `gone` or `broken`
  private record Line(String workspace, String since, String state) {}

  @Override
  public CommandSpec spec() {
    return TrustOptions.json(CommandSpec.create());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt trust list", "redoubt trust list --json");
  }

  @Override
  public int run(Call call) {
    List<Line> lines = new ArrayList<>();
    for (TrustFile file : TrustFile.all(call.globals().dataDir())) {
      lines.add(line(call, file));
    }
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeArrayPropertyStart("workspaces");
            for (Line line : lines) {
              json.writeStartObject();
              json.writeStringProperty("workspace", line.workspace());
              json.writeStringProperty("since", line.since());
              json.writeStringProperty("state", line.state());
              json.writeEndObject();
            }
            json.writeEndArray();
          });
      return ExitCode.OK;
    }
    if (lines.isEmpty()) {
      call.world().out().println("no checkout is trusted");
    }
    for (Line line : lines) {
      call.world()
          .out()
          .println(
              CommandOutput.plain(line.state() + "  " + line.workspace() + "  " + line.since()));
    }
    return ExitCode.OK;
  }

  private static Line line(Call call, TrustFile file) {
    return switch (file.read()) {
      case Kept.Found(TrustRecord record) ->
          new Line(record.workspace(), record.since().toString(), state(call, record));
      case Kept.Broken(String problem) -> new Line(problem, "", "broken");
      case Kept.Nothing() -> new Line(file.path().toString(), "", "gone");
    };
  }

  private static String state(Call call, TrustRecord record) {
    try {
      return WorkspaceTrust.of(call.globals().dataDir(), Path.of(record.workspace()))
          .state()
          .word();
    } catch (RedoubtException e) {
      return "gone";
    }
  }
}
