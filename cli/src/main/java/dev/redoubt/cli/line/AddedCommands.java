// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import dev.redoubt.agent.commands.CustomCommand;
import dev.redoubt.agent.skills.Skill;
import dev.redoubt.cli.extensions.Extensions;
import dev.redoubt.cli.line.SlashCommand.Next;
import java.util.ArrayList;
import java.util.List;

/// The slash commands that a person or a trusted checkout adds: custom commands, and below them
/// skills. Each tells the model something.
final class AddedCommands {

  private AddedCommands() {}

  static List<SlashCommand> of(Extensions extensions) {
    List<SlashCommand> all = new ArrayList<>();
    for (CustomCommand command : extensions.commands().all()) {
      all.add(telling(extensions, command.name(), command.hint(), command.description()));
    }
    for (Skill skill : extensions.skills().all()) {
      all.add(telling(extensions, skill.name(), "", skill.description()));
    }
    return all;
  }

  private static SlashCommand telling(
      Extensions extensions, String name, String hint, String description) {
    return new SlashCommand(
        name,
        hint,
        description.lines().findFirst().orElse(""),
        List.of(),
        (_, rest) ->
            new Next.Tell(extensions.prompt("/" + name + (rest.isEmpty() ? "" : " " + rest))));
  }
}
