// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.composer;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
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
import dev.redoubt.scan.extractors.lock.LockGraph;
import dev.redoubt.scan.extractors.lock.Locked;
import dev.redoubt.scan.extractors.lock.VcsUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads composer.lock.
///
/// The lists of the file are the scopes: `packages` are installed with the product, `packages-dev`
/// are not. What is direct is known only with the composer.json beside it. Versions are kept as
/// written, a leading `v` included. PHP itself and its extensions are no packages.
public final class ComposerLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("composer-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("composer.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Json.read(file.bytes(), Limits.SCAN);
    if (root.get("packages").isEmpty() && root.get("packages-dev").isEmpty()) {
      throw new DocumentException(
          root.line(), "has neither packages nor packages-dev", "run composer update --lock");
    }
    return new Reading(file, root).extraction();
  }

  /// One lock file being read.
  private static final class Reading {

    private final SourceFile file;
    private final Node root;
    private final LockGaps gaps;
    private final LockGraph graph = new LockGraph();
    private final Map<String, String> providers = new HashMap<>();

    Reading(SourceFile file, Node root) {
      this.file = file;
      this.root = root;
      this.gaps = new LockGaps(file.entry().path(), "run composer update --lock");
    }

    Extraction extraction() {
      List<Node> packages = new ArrayList<>(root.items("packages"));
      packages.addAll(root.items("packages-dev"));
      packages.forEach(this::provide);
      root.items("packages").forEach(entry -> install(entry, Scope.PROD));
      root.items("packages-dev").forEach(entry -> install(entry, Scope.DEV));
      return Extraction.of(graph.components(asked()), gaps.list());
    }

    /* A package that replaces or provides another stands for it, unless that one is locked too. */
    private void provide(Node entry) {
      String own = name(entry).orElse("");
      for (String field : List.of("provide", "replace")) {
        entry.fields(field).keySet().forEach(it -> providers.put(lower(it), own));
      }
      providers.put(own, own);
    }

    private void install(Node entry, Scope scope) {
      Optional<String> name = name(entry);
      Optional<String> version = entry.scalar("version");
      int slash = name.orElse("").indexOf('/');
      if (slash < 1 || version.isEmpty()) {
        gaps.add(entry.line(), "a package without a vendor, a name or a version");
        return;
      }
      List<String> needs = keys(entry, "require");
      if (entry.get("dist").flatMap(it -> it.text("type")).orElse("").equals("path")) {
        graph.local(name.get(), needs);
        return;
      }
      Optional<Purl> purl = gaps.purl(entry.line(), () -> purl(entry, name.get(), version.get()));
      if (purl.isPresent()) {
        graph.install(
            new Locked(name.get(), purl.get(), gaps.at(entry.line()), hashes(entry), needs));
        graph.reach(name.get(), scope);
      }
    }

    /* A branch is pinned by its commit, which the version does not show. */
    private static Purl purl(Node entry, String name, String version) {
      int slash = name.indexOf('/');
      Purl purl = Purl.of("composer", name.substring(0, slash), name.substring(slash + 1), version);
      Optional<String> url = entry.get("source").flatMap(it -> it.text("url"));
      boolean branch = version.startsWith("dev-") || version.endsWith("-dev");
      if (!branch || url.isEmpty()) {
        return purl;
      }
      String commit = entry.get("source").flatMap(it -> it.text("reference")).orElse(null);
      return VcsUrl.on(purl, url.get(), commit);
    }

    private static List<Hash> hashes(Node entry) {
      return entry
          .get("dist")
          .flatMap(it -> it.text("shasum"))
          .filter(value -> !value.isEmpty())
          .map(value -> new Hash("sha1", value))
          .stream()
          .toList();
    }

    /* The relation of what is not asked for. */
    private Relation asked() {
      Optional<SourceFile> manifest = file.sibling("composer.json");
      if (manifest.isEmpty()) {
        return Relation.UNKNOWN;
      }
      Node json;
      try {
        json = Json.read(manifest.get().bytes(), Limits.SCAN);
      } catch (IOException e) {
        return Relation.UNKNOWN;
      }
      keys(json, "require").forEach(key -> graph.ask(key, Scope.PROD));
      keys(json, "require-dev").forEach(key -> graph.ask(key, Scope.DEV));
      return Relation.TRANSITIVE;
    }

    private List<String> keys(Node entry, String field) {
      return entry.fields(field).keySet().stream()
          .map(Reading::lower)
          .map(it -> providers.getOrDefault(it, it))
          .toList();
    }

    private static Optional<String> name(Node entry) {
      return entry.text("name").map(Reading::lower);
    }

    private static String lower(String name) {
      return name.toLowerCase(Locale.ROOT);
    }
  }
}
