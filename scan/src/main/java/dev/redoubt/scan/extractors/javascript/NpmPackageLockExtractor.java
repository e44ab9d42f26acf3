// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads package-lock.json and npm-shrinkwrap.json, lockfileVersion 1 to 3, and the older files
/// that state none.
///
/// Version 2 tells everything twice; only its `packages` are read. Scope is what npm states for
/// each package. Version 1 does not say what the project itself asks for: package.json beside it
/// does, and without one the relation is unknown.
public final class NpmPackageLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("npm-package-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("package-lock.json") || file.name().equals("npm-shrinkwrap.json");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Json.read(file.bytes(), Limits.SCAN);
    String version = root.scalar("lockfileVersion").orElse("");
    boolean packages = root.get("packages").isPresent();
    return switch (version) {
      case "2", "3" -> new NpmPackages(file.entry().path(), root).read();
      case "" -> packages ? new NpmPackages(file.entry().path(), root).read() : tree(file, root);
      case "0", "1" -> tree(file, root);
      default -> newer(file, root, version);
    };
  }

  private static Extraction newer(SourceFile file, Node root, String version) {
    Extraction read = new NpmPackages(file.entry().path(), root).read();
    List<Gap> gaps = new ArrayList<>(read.gaps());
    gaps.add(
        new Gap(
            file.entry().path(),
            root.get("lockfileVersion").map(Node::line).orElse(null),
            "lockfileVersion %s is not known; it was read as version 3".formatted(version),
            "write it again with npm install --lockfile-version 3"));
    return new Extraction(read.inventory(), gaps);
  }

  private static Extraction tree(SourceFile file, Node root) throws DocumentException {
    boolean tells =
        Stream.of("dependencies", "lockfileVersion", "name")
            .anyMatch(it -> root.get(it).isPresent());
    if (!tells) {
      throw new DocumentException(
          root.line(), "is no npm lock file: it has no packages", "run npm install");
    }
    return new NpmTree(file, root).read();
  }
}
