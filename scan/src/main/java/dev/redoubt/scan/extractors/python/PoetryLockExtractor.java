// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.python.LockGraph.Pack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads poetry.lock, written by Poetry 1.0 to 2.x.
///
/// A package whose source is a folder or a local archive is no component; what a folder asks for is
/// direct. Scopes come from the categories or groups in the lock, and where it has none from the
/// pyproject.toml beside it, as the direct packages always do.
public final class PoetryLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("poetry-lock");
  private static final String HINT = "run poetry lock";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("poetry.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Toml.read(file.bytes(), Limits.SCAN);
    Node metadata = root.get("metadata").orElse(new Node.Nothing(1));
    LockGraph graph = new LockGraph(file.entry().path());
    checkVersion(root, metadata, graph);
    for (Node entry : root.items("package")) {
      place(entry, metadata, graph);
    }
    boolean scoped = false;
    for (Pack pack : graph.packs()) {
      pack.entry.fields("dependencies").keySet().forEach(it -> pack.needs.addAll(graph.named(it)));
      scoped |= pack.entry.get("groups").isPresent() || pack.entry.get("category").isPresent();
    }
    boolean unscoped = !scoped;
    PyProject.beside(file).ifPresent(it -> graph.apply(it, unscoped));
    for (Pack pack : graph.packs()) {
      if (pack.isLocal()) {
        pack.needs.forEach(it -> it.relation = Relation.DIRECT);
      }
      pack.scope = scope(pack);
    }
    return Extraction.of(graph.components(), graph.gaps());
  }

  private static void checkVersion(Node root, Node metadata, LockGraph graph) {
    String version = metadata.scalar("lock-version").orElse("1");
    if (root.get("package").isEmpty() && root.get("metadata").isEmpty()) {
      graph.gap(root, "is no poetry.lock: it has neither packages nor metadata", HINT);
    } else if (!version.equals("1")
        && !version.startsWith("1.")
        && !version.startsWith("2.")
        && !version.equals("2")) {
      graph.gap(
          metadata,
          "lock-version \"%s\" is not known: read as 2.1".formatted(PypiName.quotable(version)),
          "write the lock with Poetry 1 or 2");
    }
  }

  private static void place(Node entry, Node metadata, LockGraph graph) {
    Optional<String> name = entry.text("name").filter(PypiName::isName);
    Optional<String> version = entry.text("version");
    String source = entry.get("source").flatMap(it -> it.text("type")).orElse("");
    if (name.isEmpty() || version.isEmpty()) {
      graph.gap(entry, "a package without a name or a version", HINT);
    } else if (source.equals("directory") || source.equals("file")) {
      graph.addLocal(entry, name.get());
      if (source.equals("file")) {
        graph.gap(
            entry,
            "\"%s\" is a local archive that is not looked into".formatted(name.get()),
            "depend on a released version");
      }
    } else {
      graph.add(
          entry,
          PypiName.purl(name.get(), version.get()),
          hashes(entry, graph.isCrowded(name.get()) ? entry : metadata, name.get(), version.get()));
    }
  }

  /* Newer locks state the files with the package, older ones at the end for all versions of a name. */
  private static List<Hash> hashes(Node entry, Node metadata, String name, String version) {
    List<Hash> hashes = new ArrayList<>();
    for (Node file : entry.items("files")) {
      file.text("hash").flatMap(PypiName::hash).ifPresent(hashes::add);
    }
    Node nothing = new Node.Nothing(1);
    for (Node file : metadata.get("files").orElse(nothing).items(name)) {
      String fileName = file.text("file").orElse("");
      if (fileName.contains("-" + version + "-") || fileName.contains("-" + version + ".")) {
        file.text("hash").flatMap(PypiName::hash).ifPresent(hashes::add);
      }
    }
    for (Node digest : metadata.get("hashes").orElse(nothing).items(name)) {
      digest.scalar().flatMap(PypiName::hash).ifPresent(hashes::add);
    }
    return hashes;
  }

  private static Scope scope(Pack pack) {
    boolean optional = pack.entry.isTrue("optional");
    List<String> groups = new ArrayList<>();
    pack.entry.items("groups").forEach(it -> it.scalar().ifPresent(groups::add));
    pack.entry.text("category").ifPresent(groups::add);
    if (groups.isEmpty()) {
      return optional && pack.scope == Scope.UNKNOWN ? Scope.OPTIONAL : pack.scope;
    }
    if (!groups.contains("main")) {
      return Scope.DEV;
    }
    return optional ? Scope.OPTIONAL : Scope.PROD;
  }
}
