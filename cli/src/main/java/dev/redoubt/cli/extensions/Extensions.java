// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.commands.CustomCommand;
import dev.redoubt.agent.commands.CustomCommands;
import dev.redoubt.agent.skills.Skill;
import dev.redoubt.agent.skills.SkillTool;
import dev.redoubt.agent.skills.Skills;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Nearest;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.extensions.PluginStore.Added;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What is added to the agent in one workspace: read once, before a session begins. For one thread.
public final class Extensions {

  private final Skills skills;
  private final CustomCommands commands;
  private final Configured configured;
  private final List<String> refused;
  private final Recollection decisions;

  private Extensions(
      Skills skills,
      CustomCommands commands,
      Configured configured,
      List<String> refused,
      Recollection decisions) {
    this.skills = requireNonNull(skills, "skills");
    this.commands = requireNonNull(commands, "commands");
    this.configured = requireNonNull(configured, "configured");
    this.refused = List.copyOf(refused);
    this.decisions = requireNonNull(decisions, "decisions");
  }

  /// Returns what is added in `workspace`, a real path. What lies in a checkout counts only as far
  /// as `guard` allows it; nobody is asked.
  ///
  /// @throws dev.redoubt.model.RedoubtException USAGE if a configuration is malformed
  /// @throws InterruptedException if the thread was interrupted
  public static Extensions of(Call call, Path workspace, Guard guard) throws InterruptedException {
    Recollection decisions = new Recollection();
    Gate gate = new Gate(List.of(guard), Approver.NEVER, decisions);
    List<Added> plugins = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Added added : PluginStore.of(call.globals().dataDir()).all()) {
      if (added.counts()) {
        plugins.add(added);
      } else {
        refused.add(PluginGifts.refusal(added));
      }
    }
    return new Extensions(
        Skills.find(ExtensionRoots.skills(call, workspace, plugins), gate),
        CustomCommands.find(ExtensionRoots.commands(call, workspace, plugins), gate),
        Configured.of(call, workspace, plugins, gate),
        refused,
        decisions);
  }

  /// Returns the skills.
  public Skills skills() {
    return skills;
  }

  /// Returns the custom commands, for whoever lists or completes them.
  public CustomCommands commands() {
    return commands;
  }

  /// Returns the hooks, in the order in which they are asked.
  public List<Hook> hooks() {
    return configured.hooks();
  }

  /// Returns the modes, by name; the person's own go before those of a checkout.
  public Map<String, Table> modes() {
    return configured.modes();
  }

  /// Returns the tools that come with them.
  public List<Tool> tools() {
    return skills.all().isEmpty() ? List.of() : List.of(new SkillTool(skills));
  }

  /// Returns what was left out of them and why, and what is wrong with the rest.
  public List<String> notes() {
    List<String> notes = new ArrayList<>(refused);
    notes.addAll(skills.notes());
    for (Skill skill : skills.all()) {
      skill
          .warnings()
          .forEach(warning ->
              notes.add("skill %s of %s: %s".formatted(skill.name(), skill.place(), warning)));
    }
    notes.addAll(commands.notes());
    notes.addAll(configured.notes());
    return notes;
  }

  /// Writes the decisions about what was loaded to the log of a session, once.
  public void recordTo(DecisionLog log) throws IOException {
    decisions.moveTo(log);
  }

  /// Returns what the model is told for what a person typed: of `/name arguments` the prompt of
  /// that command, or of that skill; everything else as it is.
  ///
  /// @throws UsageException if there is no such command
  public String prompt(String typed) {
    Optional<Typed> command = Typed.of(typed);
    if (command.isEmpty()) {
      return typed;
    }
    String name = command.get().name();
    Optional<CustomCommand> custom = commands.named(name);
    if (custom.isPresent()) {
      return custom.get().prompt(command.get().arguments());
    }
    if (skills.named(name).isPresent()) {
      return "Load the skill %s with the tool skill and follow it.%s"
          .formatted(
              name,
              command.get().arguments().isEmpty()
                  ? ""
                  : "\n\nArguments: " + command.get().arguments());
    }
    List<String> names =
        Stream.concat(
                commands.all().stream().map(CustomCommand::name),
                skills.all().stream().map(Skill::name))
            .toList();
    throw new UsageException(
        "there is no command /%s%s; a blank before the / makes it plain words"
            .formatted(
                name,
                Nearest.to(name, names)
                    .map(": did you mean /%s?"::formatted)
                    .orElse(" (redoubt commands list)")));
  }

  /// A line that begins with a slash and a name.
  private record Typed(String name, String arguments) {

    static Optional<Typed> of(String typed) {
      if (!typed.startsWith("/")) {
        return Optional.empty();
      }
      int end = 1;
      while (end < typed.length() && !Character.isWhitespace(typed.charAt(end))) {
        end++;
      }
      String name = typed.substring(1, end);
      return CustomCommand.isName(name)
          ? Optional.of(new Typed(name, typed.substring(end).strip()))
          : Optional.empty();
    }
  }
}
