// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The version catalogues that a build script can use: those in `gradle/` of its folder or of one
/// above it.
final class GradleCatalogs {

  private static final int FOLDERS_UP = 8;

  private final SourceFile script;
  private final Map<String, Optional<GradleCatalog>> read = new HashMap<>();

  GradleCatalogs(SourceFile script) {
    this.script = script;
  }

  /// Returns the modules that `accessor` stands for, none when no catalogue knows it.
  List<GradleCoordinate> modules(String accessor) {
    int dot = accessor.indexOf('.');
    Optional<GradleCatalog> catalog = read.computeIfAbsent(accessor.substring(0, dot), this::find);
    if (catalog.isEmpty()) {
      return List.of();
    }
    String name = accessor.substring(dot + 1);
    List<String> wanted =
        name.startsWith("bundles.")
            ? catalog.get().bundles().getOrDefault(name.substring("bundles.".length()), List.of())
            : List.of(name);
    List<GradleCoordinate> modules = new ArrayList<>();
    for (GradleCatalog.Library library : catalog.get().libraries()) {
      if (wanted.contains(library.accessor())) {
        library.module().ifPresent(modules::add);
      }
    }
    return modules;
  }

  private Optional<GradleCatalog> find(String name) {
    String folder = "";
    for (int i = 0; i < FOLDERS_UP; i++) {
      Optional<SourceFile> file = script.sibling(folder + "gradle/" + name + ".versions.toml");
      if (file.isPresent()) {
        try {
          return Optional.of(GradleCatalog.read(file.get()));
        } catch (IOException e) {
          // The extractor of catalogues reports it; here no name of it is known.
          return Optional.empty();
        }
      }
      folder += "../";
    }
    return Optional.empty();
  }
}
