// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.julia;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The Project.toml of Julia: the packages it asks for.
///
/// @param scopes the scope by UUID; extras, which tests use, are dev
record JuliaProject(Map<String, Scope> scopes) {

  JuliaProject {
    scopes = Map.copyOf(scopes);
  }

  /// Returns the project beside `manifest`, or empty when there is none that can be read.
  static Optional<JuliaProject> beside(SourceFile manifest) {
    Optional<SourceFile> file =
        manifest.sibling("Project.toml").or(() -> manifest.sibling("JuliaProject.toml"));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      Node root = Toml.read(file.get().bytes(), Limits.SCAN);
      Map<String, Scope> scopes = new HashMap<>();
      root.fields("extras").values().forEach(it -> put(it, Scope.DEV, scopes));
      root.fields("deps").values().forEach(it -> put(it, Scope.PROD, scopes));
      return Optional.of(new JuliaProject(scopes));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void put(Node uuid, Scope scope, Map<String, Scope> into) {
    uuid.scalar().ifPresent(it -> into.put(it, scope));
  }
}
