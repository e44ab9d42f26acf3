// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.extensions.ExtensionFiles;
import dev.redoubt.agent.extensions.Root;
import dev.redoubt.agent.extensions.Root.Owner;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.extensions.PluginStore.Added;
import dev.redoubt.cli.extensions.PluginStore.Plugin;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The hooks and modes of configuration files: the operator's own, then those of a checkout that
/// the guard permits.
///
/// @param hooks in the order in which they are asked
/// @param modes by name
/// @param notes what was left out and why
record Configured(List<Hook> hooks, Map<String, Table> modes, List<String> notes) {

  private static final List<String> FILES = List.of("redoubt.toml", ".redoubt/redoubt.toml");
  private static final int LARGEST = 1 << 20;

  Configured {
    hooks = List.copyOf(hooks);
    modes = Map.copyOf(modes);
    notes = List.copyOf(notes);
  }

  /// @throws dev.redoubt.model.RedoubtException USAGE if a file that counts is malformed
  static Configured of(Call call, Path workspace, List<Added> plugins, Gate gate)
      throws InterruptedException {
    Table own = Table.root(call);
    List<Hook> hooks =
        new ArrayList<>(HookSettings.of(own, workspace, HookSettings.Whose.OPERATOR));
    Map<String, Table> modes = new LinkedHashMap<>();
    addModes(own, modes);
    ExtensionFiles files = new ExtensionFiles(gate);
    List<String> notes = new ArrayList<>();
    for (Added added : plugins) {
      Plugin plugin = PluginStore.load(added);
      hooks.addAll(
          HookSettings.of(
              plugin.tables(),
              workspace,
              HookSettings.Whose.plugin(added.name(), plugin.scripts())));
      addModes(plugin.tables(), modes, notes);
    }
    for (String name : FILES) {
      Path file = workspace.resolve(name);
      if (isSame(own.file(), file)) {
        continue;
      }
      Optional<Content> content =
          isReal(file, files) ? files.read(file, LARGEST) : Optional.empty();
      if (content.isPresent()) {
        Root root = new Root(name, file, Owner.CHECKOUT);
        if (speaksOf(content.get(), "hooks")
            && files.permits(root, ConfigKind.HOOK, file, content.get())) {
          hooks.addAll(
              HookSettings.of(
                  Table.of(file, content.get().bytes()), workspace, HookSettings.Whose.CHECKOUT));
        }
        if (speaksOf(content.get(), "modes")
            && files.permits(root, ConfigKind.POLICY, file, content.get())) {
          addModes(Table.of(file, content.get().bytes()), modes, notes);
        }
        break;
      }
    }
    notes.addAll(files.notes());
    return new Configured(hooks, modes, notes);
  }

  private static void addModes(Table root, Map<String, Table> modes) {
    Table tables = root.table("modes");
    for (String name : tables.node().fields().keySet()) {
      modes.put(name, tables.table(name));
    }
  }

  /* A checkout has no say in whom a text is sent to, and replaces nothing of the person's. */
  private static void addModes(Table root, Map<String, Table> modes, List<String> notes) {
    Table tables = root.table("modes");
    for (String name : tables.node().fields().keySet()) {
      Table mode = tables.table(name);
      String why =
          modes.containsKey(name)
              ? "you have one"
              : mode.node().get("model").isPresent()
                  ? "only your own configuration says which model is asked"
                  : "";
      if (why.isEmpty()) {
        modes.put(name, mode);
      } else {
        notes.add("the mode %s of %s is left out: %s".formatted(name, root.file(), why));
      }
    }
  }

  /* What says nothing of it need not be permitted; whether it really does is read afterwards. */
  private static boolean speaksOf(Content content, String key) {
    return new String(content.bytes(), java.nio.charset.StandardCharsets.UTF_8).contains(key);
  }

  /* Trust pins what lies in the checkout itself, so what a link leads to is nobody's. */
  private static boolean isReal(Path file, ExtensionFiles files) {
    try {
      if (!Files.exists(file) || file.toRealPath().equals(file)) {
        return true;
      }
      files.note("%s is reached through a link, which is not followed".formatted(file));
    } catch (IOException e) {
      files.note("%s cannot be read".formatted(file));
    }
    return false;
  }

  private static boolean isSame(Path own, Path file) {
    try {
      return Files.exists(own) && Files.exists(file) && Files.isSameFile(own, file);
    } catch (IOException e) {
      return false;
    }
  }
}
