// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the build script beside a lock file asks for, as far as it can be read.
///
/// @param modules `group:name` of what it states
/// @param whole whether nothing in it is computed, so that any other module is transitive
record GradleDeclared(Set<String> modules, boolean whole) {

  private static final GradleDeclared NOTHING = new GradleDeclared(Set.of(), false);

  /// Returns what the script in the folder `folder` (relative to `file`) asks for.
  static GradleDeclared beside(SourceFile file, String folder) {
    for (String name : List.of("build.gradle", "build.gradle.kts")) {
      Optional<SourceFile> script = file.sibling(folder + name);
      if (script.isPresent()) {
        try {
          return of(script.get());
        } catch (IOException e) {
          // The extractor of scripts reports it; here it means that nothing is known.
          return NOTHING;
        }
      }
    }
    return NOTHING;
  }

  private static GradleDeclared of(SourceFile file) throws IOException {
    GradleScript script = GradleScript.read(file);
    GradleCatalogs catalogs = new GradleCatalogs(file);
    Set<String> modules = new HashSet<>();
    boolean whole = script.computed().isEmpty() && script.applied().isEmpty();
    for (GradleScript.Stated stated : script.stated()) {
      modules.add(stated.module().module());
    }
    for (GradleScript.Accessor accessor : script.accessors()) {
      List<GradleCoordinate> named = catalogs.modules(accessor.path());
      named.forEach(module -> modules.add(module.module()));
      whole = whole && !named.isEmpty();
    }
    return new GradleDeclared(modules, whole && !modules.isEmpty());
  }

  Relation relation(GradleCoordinate module) {
    if (modules.contains(module.module())) {
      return Relation.DIRECT;
    }
    return whole ? Relation.TRANSITIVE : Relation.UNKNOWN;
  }
}
