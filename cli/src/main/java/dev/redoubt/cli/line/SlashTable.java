// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import dev.redoubt.cli.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The slash commands of one line mode, by name: the built-in ones, and below them what else is
/// there, commands from files for example. Nothing takes the name of a built-in one.
final class SlashTable {

  private final Map<String, SlashCommand> commands = new TreeMap<>();

  /// @param more further commands, the first of a name counts
  SlashTable(List<SlashCommand> builtIn, List<SlashCommand> more) {
    builtIn.forEach(command -> commands.put(command.name(), command));
    more.forEach(command -> commands.putIfAbsent(command.name(), command));
  }

  Optional<SlashCommand> named(String name) {
    return name.startsWith(PromptCommands.PREFIX)
        ? Optional.of(PromptCommands.of(name))
        : Optional.ofNullable(commands.get(name));
  }

  Collection<SlashCommand> all() {
    return commands.values();
  }

  List<String> names() {
    return List.copyOf(commands.keySet());
  }

  /// Returns what can follow the command `name`.
  List<String> choices(String name) {
    return named(name).map(SlashCommand::choices).orElse(List.of());
  }

  /// Returns what a person is told who wrote `/name`, which is none.
  String unknown(String name) {
    List<String> begun = new ArrayList<>(names().stream().filter(n -> n.startsWith(name)).toList());
    Optional<String> near =
        begun.isEmpty() ? Nearest.to(name, names()) : Optional.of(begun.getFirst());
    return "there is no /%s%s"
        .formatted(
            name, near.map(": did you mean /%s?"::formatted).orElse("; /help lists all of them"));
  }
}
