// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Content;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a plugin says about itself.
///
/// @param name in the manner of a skill's
/// @param tables the manifest, with its hooks and modes
record PluginManifest(String name, String version, String description, Table tables) {

  static final String FILE = "redoubt-plugin.toml";
  private static final String CLAUDE = ".claude-plugin/plugin.json";
  private static final Limits LIMITS = new Limits(1 << 20, 20, 20_000);
  private static final List<String> KEYS =
      List.of("name", "version", "description", "hooks", "modes");

  PluginManifest {
    requireNonNull(name, "name");
    requireNonNull(version, "version");
    requireNonNull(description, "description");
    requireNonNull(tables, "tables");
  }

  /// Returns the manifest of a plugin: `redoubt-plugin.toml`, else the name, version and
  /// description of `.claude-plugin/plugin.json`, whose hooks and servers are not taken over.
  ///
  /// @throws RedoubtException USAGE if there is none or it is malformed
  static PluginManifest of(Path folder, PluginFiles files) {
    Optional<Content> own = files.file(FILE);
    if (own.isPresent()) {
      Table tables = Table.of(folder.resolve(FILE), own.get().bytes());
      tables.requireKeys(KEYS);
      return checked(
          new PluginManifest(
              tables.text("name").orElse(""),
              tables.text("version").orElse(""),
              tables.text("description").orElse(""),
              tables));
    }
    Optional<Content> claude = files.file(CLAUDE);
    if (claude.isEmpty()) {
      throw usage("\"%s\" is no plugin: it has no %s".formatted(folder, FILE));
    }
    try {
      Node read = Json.read(claude.get().bytes(), LIMITS);
      return checked(
          new PluginManifest(
              read.text("name").orElse(""),
              read.text("version").orElse(""),
              read.text("description").orElse(""),
              new Table(folder.resolve(CLAUDE), "", new Node.Nothing(1))));
    } catch (DocumentException e) {
      throw usage("%s %s".formatted(folder.resolve(CLAUDE), e.getMessage()));
    }
  }

  private static PluginManifest checked(PluginManifest manifest) {
    if (!isName(manifest.name)) {
      throw usage(
          "\"%s\" is no name of a plugin: 1 to 64 of a-z, 0-9 and -".formatted(manifest.name));
    }
    if (manifest.version.length() > 64 || manifest.description.length() > 1024) {
      throw usage("the version or the description of %s is too long".formatted(manifest.name));
    }
    return manifest;
  }

  static boolean isName(String text) {
    return text.length() <= 64 && text.matches("[a-z0-9]+(-[a-z0-9]+)*");
  }

  private static RedoubtException usage(String message) {
    return new RedoubtException(ErrorCode.USAGE, message, null);
  }
}
