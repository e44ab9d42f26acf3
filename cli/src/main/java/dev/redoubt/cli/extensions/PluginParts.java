// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.guard.Content;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the files of a plugin are, by where they lie.
final class PluginParts {

  /// The file that names servers.
  static final String SERVERS = ".mcp.json";

  private static final int LARGEST_SCRIPT = 16 << 10;

  private PluginParts() {}

  /// Returns what people are told that `name` is; nothing when it is no part by itself.
  static String what(String name) {
    if (name.matches("skills/[^/]+/SKILL\\.md")) {
      return "  (skill)";
    }
    if (name.matches("commands/.+\\.md")) {
      return "  (command)";
    }
    if (isAgent(name)) {
      return "  (agent)";
    }
    if (name.equals(SERVERS)) {
      return "  (servers)";
    }
    return name.equals("hooks/hooks.json") ? "  (hooks of another agent, not used)" : "";
  }

  /// Returns whether the file `name` describes an agent.
  static boolean isAgent(String name) {
    return name.matches("agents/[^/]+\\.md");
  }

  /// Returns the scripts of the hooks by name, after a look at every hook.
  ///
  /// @throws dev.redoubt.model.RedoubtException USAGE if a hook is wrong, or a script is not there
  ///   or too large
  static Map<String, String> check(PluginManifest manifest, PluginFiles files) {
    Map<String, String> scripts = scripts(manifest, files);
    HookSettings.of(
        manifest.tables(), Path.of("/"), HookSettings.Whose.plugin(manifest.name(), scripts));
    return scripts;
  }

  private static Map<String, String> scripts(PluginManifest manifest, PluginFiles files) {
    Map<String, String> scripts = new HashMap<>();
    for (Table hook : manifest.tables().tables("hooks")) {
      Optional<String> name = hook.text("script");
      if (name.isPresent()) {
        Optional<Content> script = files.file(name.get());
        if (script.isEmpty()) {
          throw hook.wrong("script", "\"%s\" is no file of the plugin".formatted(name.get()));
        }
        if (script.get().size() > LARGEST_SCRIPT) {
          throw hook.wrong("script", "is over %d KB".formatted(LARGEST_SCRIPT >> 10));
        }
        scripts.put(name.get(), new String(script.get().bytes(), StandardCharsets.UTF_8));
      }
    }
    return scripts;
  }
}
