// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cargo;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads Cargo.lock, versions 1 to 4.
///
/// A package without a `source` is a member of the workspace or a local path and no component; what
/// it asks for is direct. The file does not tell development dependencies apart, so the scope is
/// unknown.
public final class CargoLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("cargo-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("Cargo.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    String path = file.entry().path();
    List<Node> packages = Toml.read(file.bytes(), Limits.SCAN).items("package");
    Map<String, List<Node>> byName = new HashMap<>();
    for (Node entry : packages) {
      entry
          .text("name")
          .ifPresent(n -> byName.computeIfAbsent(n, _ -> new ArrayList<>()).add(entry));
    }
    Set<Node> direct = new HashSet<>();
    for (Node entry : packages) {
      if (entry.text("source").isEmpty()) {
        direct.addAll(dependencies(entry, byName));
      }
    }
    List<Component> components = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    for (Node entry : packages) {
      if (entry.text("source").isPresent()) {
        Location location = new Location(path, entry.line());
        Optional<Purl> purl = purl(entry);
        if (purl.isEmpty()) {
          gaps.add(
              Gap.at(
                  location,
                  "a package without a name or a version",
                  "run cargo generate-lockfile"));
          continue;
        }
        Relation relation = direct.contains(entry) ? Relation.DIRECT : Relation.TRANSITIVE;
        components.add(
            new Component(
                purl.get(),
                Scope.UNKNOWN,
                relation,
                List.of(location),
                hashes(entry),
                dependencies(entry, byName).stream()
                    .flatMap(dependency -> purl(dependency).stream())
                    .toList()));
      }
    }
    return Extraction.of(components, gaps);
  }

  private static Optional<Purl> purl(Node entry) {
    return entry
        .text("name")
        .flatMap(
            name -> entry.text("version").map(version -> Purl.of("cargo", null, name, version)));
  }

  private static List<Hash> hashes(Node entry) {
    return entry.text("checksum").map(value -> new Hash("sha256", value)).stream().toList();
  }

  /* A dependency reads "name", "name version" or "name version (source)": only as much as is needed to
  tell the packages of that name apart. */
  private static List<Node> dependencies(Node entry, Map<String, List<Node>> byName) {
    List<Node> resolved = new ArrayList<>();
    for (Node item : entry.items("dependencies")) {
      String[] words = item.scalar().orElse("").split(" ", 3);
      for (Node candidate : byName.getOrDefault(words[0], List.of())) {
        if (words.length < 2 || candidate.text("version").orElse("").equals(words[1])) {
          resolved.add(candidate);
        }
      }
    }
    return resolved;
  }
}
