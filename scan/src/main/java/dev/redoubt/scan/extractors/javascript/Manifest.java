// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One package.json: what the project, or a member of its workspace, asks for.
record Manifest(String path, Node root) {

  /// One package that is asked for.
  ///
  /// @param text what stands behind the name
  record Asked(String name, String text, Scope scope, int line) {}

  private static final List<Section> SECTIONS =
      List.of(
          new Section("optionalDependencies", Scope.OPTIONAL),
          new Section("dependencies", Scope.PROD),
          new Section("devDependencies", Scope.DEV),
          new Section("peerDependencies", Scope.PROD));

  /// Returns the manifest in `file`.
  ///
  /// @throws IOException if it cannot be read or is no JSON object
  static Manifest read(SourceFile file) throws IOException {
    return new Manifest(file.entry().path(), Json.read(file.bytes(), Limits.SCAN));
  }

  /// Returns the manifest in the file that is found at `relative` from `file`; one that cannot be
  /// read is a gap.
  static Optional<Manifest> beside(SourceFile file, String relative, List<Gap> gaps) {
    return file.sibling(relative).flatMap(found -> readOr(found, gaps));
  }

  /// Returns the manifest in `file`; one that cannot be read is a gap.
  static Optional<Manifest> readOr(SourceFile file, List<Gap> gaps) {
    try {
      return Optional.of(read(file));
    } catch (IOException e) {
      gaps.add(
          new Gap(
              file.entry().path(),
              e instanceof DocumentException malformed ? malformed.line() : null,
              String.valueOf(e.getMessage()),
              "correct package.json"));
      return Optional.empty();
    }
  }

  /// Returns what it asks for, by name. A name in more than one section counts where the package
  /// managers count it: optional over production over development over peer.
  Map<String, Asked> asked() {
    Map<String, Asked> asked = new LinkedHashMap<>();
    for (Section section : SECTIONS) {
      root.fields(section.key)
          .forEach((name, value) ->
              value
                  .scalar()
                  .ifPresent(text ->
                      asked.putIfAbsent(
                          name, new Asked(name, text, scope(section, name), value.line()))));
    }
    return asked;
  }

  /// Returns a gap for everything in the sections that names no package.
  List<Gap> flaws() {
    return SECTIONS.stream()
        .flatMap(section -> root.get(section.key).stream().flatMap(node -> flaws(section, node)))
        .toList();
  }

  private Stream<Gap> flaws(Section section, Node node) {
    if (!(node instanceof Node.Obj)) {
      return Stream.of(
          Gap.at(
              new Location(path, node.line()),
              "\"%s\" is no object".formatted(section.key),
              "correct package.json"));
    }
    return node.fields().entrySet().stream()
        .filter(field -> field.getValue().scalar().isEmpty())
        .map(field ->
            Gap.at(
                new Location(path, field.getValue().line()),
                "\"%s\" in %s has no text for its version".formatted(field.getKey(), section.key),
                "correct package.json"));
  }

  /// Returns the folders of workspace members that it declares.
  Workspaces workspaces() {
    List<Node> patterns = root.items("workspaces");
    if (patterns.isEmpty()) {
      patterns = root.get("workspaces").map(it -> it.items("packages")).orElse(List.of());
    }
    return Workspaces.of(patterns);
  }

  private Scope scope(Section section, String name) {
    boolean optionalPeer =
        section.key.equals("peerDependencies")
            && root.get("peerDependenciesMeta")
                .flatMap(meta -> meta.get(name))
                .map(meta -> meta.isTrue("optional"))
                .orElse(false);
    return optionalPeer ? Scope.OPTIONAL : section.scope;
  }

  private record Section(String key, Scope scope) {}
}
