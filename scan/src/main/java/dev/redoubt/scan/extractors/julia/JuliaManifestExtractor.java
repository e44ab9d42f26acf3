// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.julia;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the Manifest.toml of Julia, formats 1 and 2.
///
/// Entries without a version belong to Julia itself, entries with a `path` to the project; neither
/// is a component. The identity of a package is its UUID. What is direct is known only with the
/// Project.toml beside it. A Manifest.toml of something else is left alone.
public final class JuliaManifestExtractor implements Extractor {

  private static final PluginId ID = new PluginId("julia-manifest");
  private static final Pattern NAME =
      Pattern.compile("(Julia)?Manifest(-v\\d{1,4}\\.\\d{1,4})?\\.toml");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return NAME.matcher(file.name()).matches();
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Toml.read(file.bytes(), Limits.SCAN);
    boolean tables = root.get("manifest_format").isPresent() || root.get("deps").isPresent();
    Map<String, Node> packages = tables ? root.fields("deps") : root.fields();
    boolean julia =
        tables || packages.values().stream().anyMatch(JuliaManifestExtractor::isPackageList);
    if (!julia) {
      return Extraction.EMPTY;
    }
    LockGaps gaps = new LockGaps(file.entry().path(), "run Pkg.resolve()");
    checkFormat(root, gaps);
    return new Reading(packages, gaps).extraction(JuliaProject.beside(file));
  }

  private static boolean isPackageList(Node node) {
    return node.items().stream().anyMatch(it -> it.text("uuid").isPresent());
  }

  private static void checkFormat(Node root, LockGaps gaps) {
    Optional<String> format = root.scalar("manifest_format");
    if (format.isPresent() && !format.get().matches("[12](\\..*)?")) {
      gaps.add(
          root.get("manifest_format").map(Node::line).orElse(1),
          "format %s is not known and was read as format 2".formatted(LockGaps.quote(format.get())),
          "update redoubt");
    }
  }

  /// One manifest being read.
  private static final class Reading {

    private final Map<String, Node> packages;
    private final LockGaps gaps;
    private final LockGraph graph = new LockGraph();
    private final Map<String, String> keyByUuid = new HashMap<>();

    Reading(Map<String, Node> packages, LockGaps gaps) {
      this.packages = packages;
      this.gaps = gaps;
    }

    Extraction extraction(Optional<JuliaProject> project) {
      packages.forEach((name, entries) -> {
        for (Node entry : entries.items()) {
          String uuid = entry.text("uuid").orElse("");
          keyByUuid.put(uuid, entries.items().size() > 1 ? uuid : name);
        }
      });
      packages.forEach((name, entries) -> entries.items().forEach(entry -> install(name, entry)));
      project.ifPresent(it -> it.scopes().forEach((uuid, scope) -> graph.ask(keyOf(uuid), scope)));
      Relation unasked = project.isPresent() ? Relation.TRANSITIVE : Relation.UNKNOWN;
      return Extraction.of(graph.components(unasked), gaps.list());
    }

    private void install(String name, Node entry) {
      String uuid = entry.text("uuid").orElse("");
      if (uuid.isEmpty()) {
        gaps.add(entry.line(), "\"%s\" has no uuid".formatted(LockGaps.quote(name)));
        return;
      }
      List<String> needs = needs(entry);
      Optional<String> version = entry.scalar("version");
      if (entry.text("path").isPresent()) {
        graph.local(keyOf(uuid), needs);
        return;
      }
      if (version.isEmpty()) {
        graph.bundled(keyOf(uuid), needs);
        return;
      }
      List<Hash> hashes =
          entry.text("git-tree-sha1").map(it -> new Hash("gittreesha1", it)).stream().toList();
      gaps.purl(entry.line(), () -> purl(name, version.get(), uuid, entry))
          .ifPresent(purl ->
              graph.install(new Locked(keyOf(uuid), purl, gaps.at(entry.line()), hashes, needs)));
    }

    private static Purl purl(String name, String version, String uuid, Node entry) {
      Purl purl = new Purl("julia", null, name, version, Map.of("uuid", uuid), null);
      Optional<String> url = entry.text("repo-url");
      return url.isPresent() ? VcsUrl.on(purl, url.get(), null) : purl;
    }

    /* A list of names, or names with their UUIDs where a name alone could mean two packages. */
    private List<String> needs(Node entry) {
      List<String> needs = new ArrayList<>();
      entry.items("deps").forEach(it -> it.scalar().ifPresent(needs::add));
      entry
          .fields("deps")
          .values()
          .forEach(it -> it.scalar().map(this::keyOf).ifPresent(needs::add));
      return needs;
    }

    private String keyOf(String uuid) {
      return keyByUuid.getOrDefault(uuid, uuid);
    }
  }
}
