// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the version catalogues of Gradle, `*.versions.toml`.
///
/// A library of a catalogue is declared and direct; whether a script uses it, and for what, the
/// catalogue does not tell. What the lock file of the same build locks is left to the lock file,
/// because the locked version is the one in use. Plugins are not components.
public final class GradleVersionCatalogExtractor implements Extractor {

  private static final PluginId ID = new PluginId("gradle-version-catalog");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().endsWith(".versions.toml");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    String path = file.entry().path();
    List<Component> components = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    Set<String> locked = locked(file);
    for (GradleCatalog.Library library : GradleCatalog.read(file).libraries()) {
      Location at = new Location(path, library.line());
      if (library.module().isEmpty()) {
        gaps.add(
            Gap.at(
                at,
                "library \"%s\" names no module".formatted(library.accessor()),
                "write module, or group and name"));
        continue;
      }
      GradleCoordinate module = library.module().get();
      if (locked.contains(module.module())) {
        continue;
      }
      components.add(Component.of(module.purl(), Scope.UNKNOWN, Relation.DIRECT, at));
      if (module.pinned().isEmpty()) {
        gaps.add(GradleBuildExtractor.unpinned(module, at));
      }
    }
    return Extraction.of(components, gaps);
  }

  private static Set<String> locked(SourceFile file) throws IOException {
    Set<String> modules = new HashSet<>();
    for (String name : List.of("../gradle.lockfile", "gradle.lockfile")) {
      Optional<SourceFile> lock = file.sibling(name);
      if (lock.isPresent()) {
        lock.get()
            .text()
            .lines()
            .map(line -> line.split("=", 2)[0])
            .forEach(line ->
                GradleCoordinate.parse(line).ifPresent(module -> modules.add(module.module())));
      }
    }
    return modules;
  }
}
