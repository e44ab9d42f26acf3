// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.swift;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.Component;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.lock.LockGaps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads Package.resolved, versions 1 to 3.
///
/// A package is named by the host and path of its repository, as advisories name it. A pin without
/// a version has its commit in place of one. What is direct is known only with the Package.swift
/// beside it, of which the URLs are read. Repositories on a local path are no components.
public final class SwiftPackageResolvedExtractor implements Extractor {

  private static final PluginId ID = new PluginId("swift-package-resolved");
  private static final Set<String> VERSIONS = Set.of("1", "2", "3");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("Package.resolved");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Json.read(file.bytes(), Limits.SCAN);
    Node holder = root.get("object").orElse(root);
    if (holder.get("pins").isEmpty()) {
      throw new DocumentException(root.line(), "has no pins", "run swift package resolve");
    }
    LockGaps gaps = new LockGaps(file.entry().path(), "run swift package resolve");
    String version = root.scalar("version").orElse("");
    if (!VERSIONS.contains(version)) {
      gaps.add(
          root.get("version").map(Node::line).orElse(root.line()),
          "version \"%s\" of the format is not known and was read as version 3"
              .formatted(LockGaps.quote(version)),
          "update redoubt");
    }
    Optional<Set<String>> direct = SwiftManifest.repositories(file);
    List<Component> components = new ArrayList<>();
    for (Node pin : holder.items("pins")) {
      component(pin, direct, gaps).ifPresent(components::add);
    }
    return Extraction.of(components, gaps.list());
  }

  private static Optional<Component> component(
      Node pin, Optional<Set<String>> direct, LockGaps gaps) {
    String kind = pin.text("kind").orElse("remoteSourceControl");
    String location = pin.text("location").or(() -> pin.text("repositoryURL")).orElse("");
    if (kind.equals("localSourceControl") || kind.equals("fileSystem")) {
      return Optional.empty();
    }
    Optional<Node> state = pin.get("state");
    Optional<String> version =
        state
            .flatMap(it -> it.text("version"))
            .or(() -> state.flatMap(it -> it.text("revision")))
            .filter(it -> !it.isEmpty());
    if (version.isEmpty()) {
      gaps.add(pin.line(), "a pin without a version or a revision");
      return Optional.empty();
    }
    Optional<String> repository =
        kind.equals("registry")
            ? pin.text("identity").map(it -> it.replace('.', '/'))
            : SwiftManifest.repository(location);
    if (repository.isEmpty()) {
      if (!location.startsWith("/") && !location.startsWith("file:")) {
        gaps.add(pin.line(), "no repository on a host: \"%s\"".formatted(LockGaps.quote(location)));
      }
      return Optional.empty();
    }
    String path = repository.get();
    int slash = path.lastIndexOf('/');
    return gaps.purl(
            pin.line(),
            () ->
                Purl.of(
                    "swift",
                    path.substring(0, Math.max(0, slash)),
                    path.substring(slash + 1),
                    version.get()))
        .map(
            purl -> Component.of(purl, Scope.UNKNOWN, relation(path, direct), gaps.at(pin.line())));
  }

  private static Relation relation(String repository, Optional<Set<String>> direct) {
    if (direct.isEmpty()) {
      return Relation.UNKNOWN;
    }
    return direct.get().contains(repository.toLowerCase(Locale.ROOT))
        ? Relation.DIRECT
        : Relation.TRANSITIVE;
  }
}
