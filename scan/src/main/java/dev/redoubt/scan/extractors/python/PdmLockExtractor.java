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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads pdm.lock, lock versions 2 to 4.
///
/// A package with a `path` is local and no component. Packages of the group `default` are prod;
/// what another group is for, and what is direct, says the pyproject.toml beside the lock, and
/// without it both are unknown.
public final class PdmLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("pdm-lock");
  private static final String HINT = "run pdm lock";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("pdm.lock");
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
    for (Pack pack : graph.packs()) {
      for (Node dependency : pack.entry.items("dependencies")) {
        dependency
            .scalar()
            .flatMap(Requirement::parse)
            .ifPresent(it -> pack.needs.addAll(graph.named(it.name())));
      }
    }
    relate(PyProject.beside(file), graph);
    return Extraction.of(graph.components(), graph.gaps());
  }

  private static void checkVersion(Node root, Node metadata, LockGraph graph) {
    String version = metadata.scalar("lock_version").orElse("4");
    if (root.get("package").isEmpty() && root.get("metadata").isEmpty()) {
      graph.gap(root, "is no pdm.lock: it has neither packages nor metadata", HINT);
    } else if (!version.startsWith("4") && !version.startsWith("3") && !version.startsWith("2")) {
      graph.gap(
          metadata,
          "lock_version \"%s\" is not known: read as 4.5".formatted(PypiName.quotable(version)),
          "write the lock with PDM 2");
    }
  }

  private static void place(Node entry, Node metadata, LockGraph graph) {
    Optional<String> name = entry.text("name").filter(PypiName::isName);
    Optional<String> version = entry.text("version");
    if (name.isEmpty()) {
      graph.gap(entry, "a package without a name", HINT);
    } else if (entry.text("path").isPresent()) {
      graph.addLocal(entry, name.get());
      if (Link.isArchive(entry.text("path").get())) {
        graph.gap(
            entry,
            "\"%s\" is a local archive that is not looked into".formatted(name.get()),
            "depend on a released version");
      }
    } else if (version.isPresent()) {
      graph.add(
          entry,
          PypiName.purl(name.get(), version.get()),
          hashes(entry, metadata, name.get() + " " + version.get()));
    } else {
      graph.gap(entry, "the version of \"%s\" is not stated".formatted(name.get()), HINT);
      Requirement placed = PyProject.tabled(name.get(), entry);
      String url = placed.url();
      graph.add(
          entry,
          url == null ? PypiName.purl(name.get(), null) : Link.parse(url).purl(name.get()),
          hashes(entry, metadata, ""));
    }
  }

  private static List<Hash> hashes(Node entry, Node metadata, String key) {
    List<Node> files = new ArrayList<>(entry.items("files"));
    files.addAll(metadata.get("files").orElse(new Node.Nothing(1)).items(key));
    List<Hash> hashes = new ArrayList<>();
    files.forEach(it -> it.text("hash").flatMap(PypiName::hash).ifPresent(hashes::add));
    return hashes;
  }

  private static void relate(Optional<PyProject> project, LockGraph graph) {
    boolean grouped = graph.packs().stream().anyMatch(it -> it.entry.get("groups").isPresent());
    project.ifPresent(it -> graph.apply(it, true));
    for (Pack pack : graph.packs()) {
      Set<String> groups =
          pack.entry.items("groups").stream()
              .flatMap(it -> it.scalar().stream())
              .collect(Collectors.toCollection(HashSet::new));
      if (grouped && groups.contains("default")) {
        pack.scope = Scope.PROD;
      }
      if (pack.isLocal()) {
        pack.needs.forEach(it -> it.relation = Relation.DIRECT);
      }
    }
  }
}
