// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cargo;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One Cargo.toml and the place it lies at.
record CargoManifest(SourceFile file, Node root) {

  /* Cargo still reads the spelling with an underscore. */
  private static final List<Table> TABLES =
      List.of(
          new Table("dependencies", Scope.PROD),
          new Table("build-dependencies", Scope.DEV),
          new Table("build_dependencies", Scope.DEV),
          new Table("dev-dependencies", Scope.DEV),
          new Table("dev_dependencies", Scope.DEV));

  private record Table(String name, Scope scope) {}

  /// One requirement.
  ///
  /// @param name the name of the package, a rename undone
  /// @param scope prod for `dependencies`, dev for what only builds and tests need
  /// @param spec the version, or a table; that of the workspace when the requirement inherits it
  /// @param owner the manifest that `path` in the spec is relative to
  /// @param line the line of the requirement itself
  record Requirement(String name, Scope scope, Node spec, CargoManifest owner, int line) {}

  static CargoManifest read(SourceFile file) throws IOException {
    return new CargoManifest(file, Toml.read(file.bytes(), Limits.SCAN));
  }

  /// Returns the manifest at `relative` to `from`, or empty when there is none that can be read.
  static Optional<CargoManifest> at(SourceFile from, String relative) {
    Optional<SourceFile> found = from.sibling(relative);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(found.get()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Optional<String> packageName() {
    return root.get("package").flatMap(it -> it.text("name"));
  }

  boolean isWorkspace() {
    return root.get("workspace").isPresent();
  }

  /// Returns the manifest of the workspace that this one belongs to: itself, the one it names, or
  /// the nearest above.
  Optional<CargoManifest> workspace() {
    if (isWorkspace()) {
      return Optional.of(this);
    }
    Optional<String> named = root.get("package").flatMap(it -> it.text("workspace"));
    if (named.isPresent()) {
      return at(file, named.get() + "/Cargo.toml");
    }
    String up = "../";
    for (int i = 0; i < depth(); i++) {
      Optional<CargoManifest> above = at(file, up + "Cargo.toml");
      if (above.isPresent() && above.get().isWorkspace()) {
        return above;
      }
      up += "../";
    }
    return Optional.empty();
  }

  /// Returns how many folders lie above this file in what is scanned.
  int depth() {
    return (int) file.entry().path().chars().filter(c -> c == '/').count();
  }

  /// Returns everything it asks for, target tables included, inherited requirements resolved
  /// against `workspace`.
  List<Requirement> requirements(Optional<CargoManifest> workspace) {
    List<Requirement> all = new ArrayList<>();
    collect(root, workspace, all);
    root.fields("target").values().forEach(target -> collect(target, workspace, all));
    return all;
  }

  private void collect(Node tables, Optional<CargoManifest> workspace, List<Requirement> into) {
    for (Table table : TABLES) {
      for (Map.Entry<String, Node> field : tables.fields(table.name()).entrySet()) {
        Node spec = field.getValue();
        CargoManifest owner = this;
        if (spec.isTrue("workspace") && workspace.isPresent()) {
          owner = workspace.get();
          Node shared = owner.root.get("workspace").orElse(owner.root);
          spec = shared.get("dependencies").flatMap(it -> it.get(field.getKey())).orElse(spec);
        }
        String name = spec.text("package").orElse(field.getKey());
        into.add(new Requirement(name, table.scope(), spec, owner, field.getValue().line()));
      }
    }
  }
}
