// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Purl;
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
import java.util.Set;
import java.util.stream.Collectors;

/// Reads pylock.toml and its named forms such as pylock.dev.toml, lock version 1.
///
/// A package from a folder or a local archive is no component. A package whose marker asks for a
/// dependency group that is no default is dev, one whose marker asks for an extra is optional.
/// Direct is what the pyproject.toml beside the lock asks for; without it that is unknown.
public final class PylockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("pylock");
  private static final String HINT = "write the lock again with the tool that wrote it";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    String name = file.name();
    return name.equals("pylock.toml") || (name.startsWith("pylock.") && name.endsWith(".toml"));
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Toml.read(file.bytes(), Limits.SCAN);
    LockGraph graph = new LockGraph(file.entry().path());
    String version = root.scalar("lock-version").orElse("");
    if (!version.equals("1") && !version.startsWith("1.")) {
      graph.gap(
          root,
          version.isEmpty()
              ? "is no pylock.toml: it states no lock-version"
              : "lock-version \"%s\" is not known: read as 1.0"
                  .formatted(PypiName.quotable(version)),
          HINT);
    }
    for (Node entry : root.items("packages")) {
      place(entry, graph);
    }
    for (Pack pack : graph.packs()) {
      for (Node dependency : pack.entry.items("dependencies")) {
        pack.needs.addAll(
            graph.named(
                dependency.text("name").orElse(""), dependency.text("version").orElse(null)));
      }
    }
    PyProject.beside(file).ifPresent(it -> graph.apply(it, false));
    Set<String> defaults =
        root.items("default-groups").stream()
            .flatMap(it -> it.scalar().stream())
            .collect(Collectors.toSet());
    Scope named = PipRequirementsExtractor.scope(file.entry());
    graph.packs().forEach(it -> it.scope = scope(it.entry, defaults, named));
    return Extraction.of(graph.components(), graph.gaps());
  }

  private static void place(Node entry, LockGraph graph) {
    Optional<String> name = entry.text("name").filter(PypiName::isName);
    Optional<String> version = entry.text("version");
    Optional<String> archive = entry.get("archive").flatMap(it -> it.text("path"));
    if (name.isEmpty()) {
      graph.gap(entry, "a package without a name", HINT);
    } else if (entry.get("directory").isPresent() || isLocal(entry)) {
      graph.addLocal(entry, name.get());
    } else if (archive.isPresent()) {
      graph.addLocal(entry, name.get());
      graph.gap(
          entry,
          "\"%s\" is a local archive that is not looked into".formatted(name.get()),
          "depend on a released version");
    } else if (version.isPresent()) {
      graph.add(entry, PypiName.purl(name.get(), version.get()), hashes(entry));
    } else {
      Purl purl =
          link(entry).map(it -> it.purl(name.get())).orElse(PypiName.purl(name.get(), null));
      if (purl.version() == null) {
        graph.gap(entry, "the version of \"%s\" is not stated".formatted(name.get()), HINT);
      }
      graph.add(entry, purl, hashes(entry));
    }
  }

  private static boolean isLocal(Node entry) {
    return entry.get("vcs").flatMap(it -> it.text("path")).isPresent();
  }

  private static Optional<Link> link(Node entry) {
    Optional<String> repository =
        entry
            .get("vcs")
            .flatMap(it ->
                it.text("url")
                    .map(url ->
                        it.text("type").orElse("git")
                            + "+"
                            + url
                            + it.text("commit-id").map(id -> "@" + id).orElse("")));
    return repository.or(() -> entry.get("archive").flatMap(it -> it.text("url"))).map(Link::parse);
  }

  private static List<Hash> hashes(Node entry) {
    List<Node> files = new ArrayList<>(entry.items("wheels"));
    entry.get("sdist").ifPresent(files::add);
    entry.get("archive").ifPresent(files::add);
    List<Hash> hashes = new ArrayList<>();
    for (Node file : files) {
      file.fields("hashes")
          .forEach((algorithm, digest) ->
              digest
                  .scalar()
                  .flatMap(value -> PypiName.hash(algorithm + ":" + value))
                  .ifPresent(hashes::add));
    }
    return hashes;
  }

  /* Markers are not evaluated: a group or an extra that is named at all decides. */
  private static Scope scope(Node entry, Set<String> defaults, Scope otherwise) {
    String marker = entry.text("marker").orElse("");
    if (marker.contains("dependency_groups")) {
      boolean byDefault =
          defaults.stream()
              .anyMatch(it -> marker.contains("'" + it + "'") || marker.contains('"' + it + '"'));
      return byDefault ? otherwise : Scope.DEV;
    }
    return marker.contains("extras") ? Scope.OPTIONAL : otherwise;
  }
}
