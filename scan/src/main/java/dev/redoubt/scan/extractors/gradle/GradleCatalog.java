// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A version catalogue: libraries under the names that build scripts use for them.
///
/// @param libraries every entry of `[libraries]`, in document order
/// @param bundles the accessors of the libraries in a bundle, by the bundle's accessor
record GradleCatalog(List<Library> libraries, Map<String, List<String>> bundles) {

  /// An entry of `[libraries]`.
  ///
  /// @param accessor its alias as scripts spell it, with dots
  /// @param module empty when the entry names no module
  record Library(String accessor, Optional<GradleCoordinate> module, int line) {}

  static GradleCatalog read(SourceFile file) throws IOException {
    Node root = Toml.read(file.bytes(), Limits.SCAN);
    Map<String, Node> versions = root.fields("versions");
    List<Library> libraries = new ArrayList<>();
    root.fields("libraries")
        .forEach((alias, entry) ->
            libraries.add(new Library(accessor(alias), module(entry, versions), entry.line())));
    Map<String, List<String>> bundles = new HashMap<>();
    root.fields("bundles")
        .forEach((alias, entry) ->
            bundles.put(
                accessor(alias),
                entry.items().stream()
                    .flatMap(item -> item.scalar().stream())
                    .map(GradleCatalog::accessor)
                    .toList()));
    return new GradleCatalog(List.copyOf(libraries), Map.copyOf(bundles));
  }

  private static String accessor(String alias) {
    return alias.replace('-', '.').replace('_', '.');
  }

  private static Optional<GradleCoordinate> module(Node entry, Map<String, Node> versions) {
    if (entry instanceof Node.Text(String notation, int _)) {
      return GradleCoordinate.parse(notation);
    }
    String version = entry.get("version").flatMap(node -> version(node, versions)).orElse(null);
    Optional<GradleCoordinate> named = entry.text("module").flatMap(GradleCoordinate::parse);
    return named.isPresent()
        ? named.map(module -> module.withVersion(version))
        : GradleCoordinate.of(
            entry.text("group").orElse(""), entry.text("name").orElse(""), version, null, null);
  }

  /* A rich version is as good as its strictest part: a preference beside a range decides nothing. */
  private static Optional<String> version(Node node, Map<String, Node> versions) {
    if (node instanceof Node.Text(String text, int _)) {
      return Optional.of(text);
    }
    Optional<Node> referred = node.text("ref").map(versions::get);
    if (node.text("ref").isPresent()) {
      // A reference leads to a version and never to another reference.
      return referred.flatMap(
          it -> it instanceof Node.Text(String text, int _) ? Optional.of(text) : rich(it));
    }
    return rich(node);
  }

  private static Optional<String> rich(Node node) {
    return node.text("strictly").or(() -> node.text("require")).or(() -> node.text("prefer"));
  }
}
