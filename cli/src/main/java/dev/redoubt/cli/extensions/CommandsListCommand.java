// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import dev.redoubt.agent.commands.CustomCommand;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt commands list`: the custom commands a session here would have, and what was left out.
public final class CommandsListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return ExtensionView.spec();
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt commands list", "redoubt commands list --cwd ~/projects/app --json");
  }

  @Override
  public int run(Call call) {
    Extensions extensions = ExtensionView.extensions(call);
    List<CustomCommand> all = extensions.commands().all();
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeArrayPropertyStart("commands");
            for (CustomCommand command : all) {
              json.writeStartObject();
              json.writeStringProperty("name", command.name());
              json.writeStringProperty("description", command.description());
              json.writeStringProperty("argumentHint", command.hint());
              json.writeStringProperty("place", command.place());
              json.writeEndObject();
            }
            json.writeEndArray();
            ExtensionView.notes(json, extensions.commands().notes());
          });
      return ExitCode.OK;
    }
    if (all.isEmpty()) {
      CommandOutput.line(call, "no custom commands");
    }
    for (CustomCommand command : all) {
      CommandOutput.line(
          call,
          "/%s%s  (%s)  %s",
          command.name(),
          command.hint().isEmpty() ? "" : " " + command.hint(),
          command.place(),
          command.description());
    }
    ExtensionView.notes(call, extensions.commands().notes());
    return ExitCode.OK;
  }
}
