// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import dev.redoubt.agent.skills.Skill;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt skills list`: the skills a session here would have, and what was left out.
public final class SkillsListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return ExtensionView.spec();
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt skills list", "redoubt skills list --json");
  }

  @Override
  public int run(Call call) {
    Extensions extensions = ExtensionView.extensions(call);
    List<Skill> all = extensions.skills().all();
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeArrayPropertyStart("skills");
            for (Skill skill : all) {
              json.writeStartObject();
              json.writeStringProperty("name", skill.name());
              json.writeStringProperty("description", skill.description());
              json.writeStringProperty("place", skill.place());
              json.writeArrayPropertyStart("files");
              skill.files().forEach(file -> json.writeString(file.name()));
              json.writeEndArray();
              json.writeArrayPropertyStart("warnings");
              skill.warnings().forEach(json::writeString);
              json.writeEndArray();
              json.writeEndObject();
            }
            json.writeEndArray();
            ExtensionView.notes(json, extensions.skills().notes());
          });
      return ExitCode.OK;
    }
    if (all.isEmpty()) {
      CommandOutput.line(call, "no skills");
    }
    for (Skill skill : all) {
      CommandOutput.line(call, "%s  (%s)  %s", skill.name(), skill.place(), skill.description());
      skill.warnings().forEach(warning -> CommandOutput.line(call, "  warning: %s", warning));
    }
    ExtensionView.notes(call, extensions.skills().notes());
    return ExitCode.OK;
  }
}
