// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.extensions.Root;
import dev.redoubt.agent.extensions.Root.Owner;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.extensions.PluginStore.Added;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The written list of folders in which extensions lie: the person's own first.
public final class ExtensionRoots {

  private static final List<String> OWN_SKILLS =
      List.of(".agents/skills", ".claude/skills", ".codex/skills", ".gemini/skills");
  private static final List<String> SKILLS =
      List.of(
          ".redoubt/skills",
          ".agents/skills",
          ".claude/skills",
          ".github/skills",
          ".codex/skills",
          ".gemini/skills",
          ".cursor/skills",
          ".opencode/skills");
  private static final List<String> OWN_COMMANDS = List.of(".claude/commands");
  private static final List<String> COMMANDS =
      List.of(
          ".redoubt/commands",
          ".claude/commands",
          ".cursor/commands",
          ".opencode/command",
          ".opencode/commands");

  private ExtensionRoots() {}

  /// Returns where skills lie, for a session in `workspace`.
  static List<Root> skills(Call call, Path workspace, List<Added> plugins) {
    return roots(call, workspace, plugins, new Kind("skills", OWN_SKILLS, SKILLS));
  }

  /// Returns where custom commands lie, for a session in `workspace`.
  static List<Root> commands(Call call, Path workspace, List<Added> plugins) {
    return roots(call, workspace, plugins, new Kind("commands", OWN_COMMANDS, COMMANDS));
  }

  /// What is looked for, and where.
  private record Kind(String name, List<String> own, List<String> checkout) {}

  private static List<Root> roots(Call call, Path workspace, List<Added> plugins, Kind kind) {
    List<Root> roots = new ArrayList<>();
    Path config =
        requireNonNull(GlobalOptions.userConfig(call.world()).getParent()).resolve(kind.name());
    Path home = call.world().home();
    roots.add(new Root(config.toString(), config, Owner.PERSON));
    for (String name : kind.own()) {
      roots.add(new Root("~/" + name, home.resolve(name), Owner.PERSON));
    }
    for (Added plugin : plugins) {
      roots.add(
          new Root("plugin " + plugin.name(), plugin.folder().resolve(kind.name()), Owner.PLUGIN));
    }
    if (!isSame(home, workspace)) {
      for (String name : kind.checkout()) {
        roots.add(new Root(name, workspace.resolve(name), Owner.CHECKOUT));
      }
    }
    return roots;
  }

  private static boolean isSame(Path home, Path workspace) {
    try {
      return home.toRealPath().equals(workspace);
    } catch (IOException e) {
      return false;
    }
  }
}
