// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.pub;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.model.Component;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.lock.LockGaps;
import dev.redoubt.scan.extractors.lock.VcsUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads pubspec.lock.
///
/// The file says what is direct, but not who asks for the rest: a transitive package is for
/// production only when nothing is asked for in development. Packages of an SDK and local paths are
/// no components.
public final class PubspecLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("pubspec-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("pubspec.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Yaml.read(file.bytes(), Limits.SCAN);
    Node packages = root.get("packages").orElse(null);
    if (packages == null) {
      throw new DocumentException(root.line(), "has no packages", "run dart pub get");
    }
    LockGaps gaps = new LockGaps(file.entry().path(), "run dart pub get");
    Scope transitive = transitive(packages);
    List<Component> components = new ArrayList<>();
    packages.fields().forEach((name, entry) -> add(name, entry, transitive, gaps, components));
    return Extraction.of(components, gaps.list());
  }

  private static void add(
      String name, Node entry, Scope transitive, LockGaps gaps, List<Component> into) {
    String source = entry.text("source").orElse("");
    if (source.equals("sdk") || source.equals("path")) {
      return;
    }
    Optional<String> version = entry.scalar("version");
    if (version.isEmpty()) {
      gaps.add(entry.line(), "\"%s\" has no version".formatted(LockGaps.quote(name)));
      return;
    }
    if (!source.equals("hosted") && !source.equals("git")) {
      gaps.add(
          entry.line(),
          "the source \"%s\" of \"%s\" is not known and was read as hosted"
              .formatted(LockGaps.quote(source), LockGaps.quote(name)));
    }
    Optional<Purl> purl =
        gaps.purl(entry.line(), () -> purl(name, version.get(), entry, source.equals("git")));
    if (purl.isEmpty()) {
      return;
    }
    List<Hash> hashes =
        entry.get("description").flatMap(it -> it.text("sha256")).stream()
            .filter(it -> !it.isEmpty())
            .map(it -> new Hash("sha256", it))
            .toList();
    Use use = use(entry.text("dependency").orElse(""), transitive);
    into.add(
        new Component(
            purl.get(),
            use.scope,
            use.relation,
            List.of(gaps.at(entry.line())),
            hashes,
            List.of()));
  }

  private record Use(Scope scope, Relation relation) {}

  private static Use use(String dependency, Scope transitive) {
    return switch (dependency) {
      case "direct main" -> new Use(Scope.PROD, Relation.DIRECT);
      case "direct dev" -> new Use(Scope.DEV, Relation.DIRECT);
      case "direct overridden" -> new Use(Scope.UNKNOWN, Relation.DIRECT);
      case "transitive" -> new Use(transitive, Relation.TRANSITIVE);
      default -> new Use(Scope.UNKNOWN, Relation.UNKNOWN);
    };
  }

  private static Scope transitive(Node packages) {
    boolean development =
        packages.fields().values().stream()
            .anyMatch(it -> !it.text("dependency").orElse("").matches("direct main|transitive"));
    return development ? Scope.UNKNOWN : Scope.PROD;
  }

  /* The key is what the project imports; the description names the package itself. */
  private static Purl purl(String key, String version, Node entry, boolean git) {
    Optional<Node> description = entry.get("description");
    String name = description.flatMap(it -> it.text("name")).orElse(key);
    Purl purl = Purl.of("pub", null, name, version);
    Optional<String> url = description.flatMap(it -> it.text("url"));
    return git && url.isPresent()
        ? VcsUrl.on(
            purl, url.get(), description.flatMap(it -> it.scalar("resolved-ref")).orElse(null))
        : purl;
  }
}
