// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.nuget;

import dev.redoubt.document.Xml;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the project files beside a lock file say about the use of packages.
final class ProjectScopes {

  private final Map<String, Scope> byPackage = new HashMap<>();
  private Scope ofProjects = Scope.UNKNOWN;

  private ProjectScopes() {}

  /// Returns the scopes of the projects in the folder of `lock`; all unknown when there is none
  /// that can be read.
  static ProjectScopes beside(SourceFile lock) {
    ProjectScopes scopes = new ProjectScopes();
    for (String name : lock.siblings()) {
      Optional<SourceFile> project =
          CsprojExtractor.isProject(name) ? lock.sibling(name) : Optional.empty();
      if (project.isPresent()) {
        try {
          scopes.add(MsbuildProject.read(project.get()));
        } catch (IOException _) {
          scopes.ofProjects = Scope.UNKNOWN;
        }
      }
    }
    return scopes;
  }

  /// Returns the scope of the package with the lower-case name `name`.
  Scope scope(String name) {
    return byPackage.getOrDefault(name, Scope.UNKNOWN);
  }

  /// Returns the scope of the projects that are referenced.
  Scope ofProjects() {
    return ofProjects;
  }

  /// Returns what `reference` in `project` is needed for.
  static Scope of(Xml.Element reference, MsbuildProject project) {
    return isPrivate(reference) || project.isTrue("IsTestProject") ? Scope.DEV : Scope.PROD;
  }

  private static boolean isPrivate(Xml.Element reference) {
    String assets = MsbuildProject.metadata(reference, "PrivateAssets").orElse("");
    return List.of(assets.toLowerCase(Locale.ROOT).split("[;,\\s]+", -1)).contains("all");
  }

  private void add(MsbuildProject project) {
    ofProjects = stronger(ofProjects, project.isTrue("IsTestProject") ? Scope.DEV : Scope.PROD);
    for (Xml.Element reference : project.items("PackageReference")) {
      MsbuildProject.metadata(reference, "Include")
          .ifPresent(name ->
              byPackage.merge(
                  name.toLowerCase(Locale.ROOT),
                  of(reference, project),
                  (a, b) -> a.compareTo(b) <= 0 ? a : b));
    }
  }

  private static Scope stronger(Scope a, Scope b) {
    return a == Scope.UNKNOWN || b.compareTo(a) < 0 ? b : a;
  }
}
