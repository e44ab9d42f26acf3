// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads build scripts of Gradle, Groovy and Kotlin, without running them.
///
/// Modules written as text in a `dependencies` block are declared and direct. Everything else in a
/// script is decided when it runs, so a script with dependencies is a gap, unless a lock file
/// beside it tells the whole: then the script adds nothing.
public final class GradleBuildExtractor implements Extractor {

  private static final PluginId ID = new PluginId("gradle-build");
  private static final int MOST_GAPS = 50;
  private static final String LOCK =
      "turn on dependency locking and run gradle dependencies --write-locks";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    String name = file.name();
    return (name.endsWith(".gradle") || name.endsWith(".gradle.kts"))
        && !name.startsWith("settings.gradle")
        && !name.startsWith("init.gradle");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    FileEntry entry = file.entry();
    if (entry.name().startsWith("build.gradle") && file.sibling("gradle.lockfile").isPresent()) {
      return Extraction.EMPTY;
    }
    GradleScript script = GradleScript.read(file);
    List<Component> components = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    for (GradleScript.Stated stated : script.stated()) {
      Location at = new Location(entry.path(), stated.line());
      GradleCoordinate module = stated.module();
      if (module.version() == null) {
        module = module.withVersion(script.managed().get(module.module()));
      }
      components.add(Component.of(module.purl(), stated.scope(), Relation.DIRECT, at));
      if (module.pinned().isEmpty()) {
        gaps.add(unpinned(module, at));
      }
    }
    List<GradleScript.Computed> computed = new ArrayList<>(script.computed());
    GradleCatalogs catalogs = new GradleCatalogs(file);
    for (GradleScript.Accessor accessor : script.accessors()) {
      List<GradleCoordinate> modules = catalogs.modules(accessor.path());
      if (modules.isEmpty()) {
        computed.add(new GradleScript.Computed(accessor.path(), accessor.line()));
      }
      Location at = new Location(entry.path(), accessor.line());
      for (GradleCoordinate module : modules) {
        // An unpinned one is reported where its version is written, in the catalogue.
        components.add(Component.of(module.purl(), accessor.scope(), Relation.DIRECT, at));
      }
    }
    computed.stream()
        .limit(MOST_GAPS)
        .forEach(it -> gaps.add(computed(it, new Location(entry.path(), it.line()))));
    for (GradleScript.Computed applied : script.applied()) {
      gaps.add(
          new Gap(
              entry.path(),
              applied.line(),
              "applies another script: \"%s\"".formatted(applied.text()),
              LOCK));
    }
    int declared = components.size() + computed.size();
    if (declared > 0) {
      gaps.add(
          new Gap(
              entry.path(),
              null,
              "a build script is not run: what its %d dependencies bring in is not known"
                  .formatted(declared),
              LOCK));
    }
    return Extraction.of(components, gaps);
  }

  static Gap unpinned(GradleCoordinate module, Location at) {
    return Gap.at(
        at,
        module.version() == null
            ? "%s has no version".formatted(module.module())
            : "%s has no fixed version: \"%s\"".formatted(module.module(), module.version()),
        LOCK);
  }

  private static Gap computed(GradleScript.Computed what, Location at) {
    return Gap.at(at, "a dependency that only running the script tells: " + what.text(), LOCK);
  }
}
