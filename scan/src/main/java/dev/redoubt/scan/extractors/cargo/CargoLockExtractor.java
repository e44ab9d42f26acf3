// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cargo;

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

/// Reads Cargo.lock, versions 1 to 4.
///
/// A package without a `source` is a member of the workspace or a local path and no component; what
/// it asks for is direct. The file does not tell development dependencies apart, so the scope comes
/// from the manifests of those local packages; without them it is unknown.
public final class CargoLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("cargo-lock");
  private static final int NEWEST_VERSION = 4;

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
    Node root = Toml.read(file.bytes(), Limits.SCAN);
    return new Reading(file, root).extraction();
  }

  /// One lock file being read.
  private static final class Reading {

    private final SourceFile file;
    private final Node root;
    private final List<Node> packages = new ArrayList<>();
    private final Map<String, List<Node>> byName = new HashMap<>();
    private final LockGaps gaps;

    Reading(SourceFile file, Node root) {
      this.file = file;
      this.gaps = new LockGaps(file.entry().path(), "run cargo generate-lockfile");
      this.root = root;
      root.get("root").ifPresent(packages::add);
      packages.addAll(root.items("package"));
      for (Node entry : packages) {
        entry
            .text("name")
            .ifPresent(n -> byName.computeIfAbsent(n, _ -> new ArrayList<>()).add(entry));
      }
    }

    Extraction extraction() {
      checkVersion();
      CargoWorkspace workspace = CargoWorkspace.beside(file);
      LockGraph graph = new LockGraph();
      for (Node entry : packages) {
        List<Node> dependencies = dependencies(entry);
        if (entry.text("source").isEmpty()) {
          String name = entry.text("name").orElse("");
          for (Node dependency : dependencies) {
            String asked = dependency.text("name").orElse("");
            graph.ask(key(dependency), workspace.scope(name, asked));
          }
        } else {
          install(entry, dependencies, graph);
        }
      }
      return Extraction.of(graph.components(Relation.TRANSITIVE), gaps.list());
    }

    private void install(Node entry, List<Node> dependencies, LockGraph graph) {
      Optional<String> name = entry.text("name");
      Optional<String> version = entry.text("version");
      if (name.isEmpty() || version.isEmpty()) {
        gaps.add(entry.line(), "a package without a name or a version");
        return;
      }
      Optional<Purl> purl = gaps.purl(entry.line(), () -> purl(entry, name.get(), version.get()));
      if (purl.isPresent()) {
        List<String> needs = dependencies.stream().map(Reading::key).toList();
        graph.install(
            new Locked(key(entry), purl.get(), gaps.at(entry.line()), hashes(entry), needs));
      }
    }

    private void checkVersion() {
      Optional<Node> version = root.get("version");
      if (version.isPresent() && version.get() instanceof Node.Num(String literal, int line)) {
        if (literal.length() > 1 || literal.compareTo(Integer.toString(NEWEST_VERSION)) > 0) {
          gaps.add(
              line,
              "version %s of the format is not known and was read as version %s"
                  .formatted(literal, NEWEST_VERSION),
              "update redoubt");
        }
      }
    }

    private static Purl purl(Node entry, String name, String version) {
      Purl purl = Purl.of("cargo", null, name, version);
      String source = entry.text("source").orElse("");
      if (!source.startsWith("git+")) {
        return purl;
      }
      int query = source.indexOf('?');
      int commit = source.indexOf('#');
      int end = query >= 0 ? query : commit >= 0 ? commit : source.length();
      return VcsUrl.on(
          purl, source.substring(0, end), commit < 0 ? null : source.substring(commit + 1));
    }

    /* Version 1 keeps the checksums apart, under "checksum name version (source)". */
    private List<Hash> hashes(Node entry) {
      Optional<String> own = entry.text("checksum");
      Optional<String> apart =
          root.get("metadata").flatMap(it -> it.text("checksum " + fullName(entry)));
      return own
          .or(() -> apart)
          .filter(value -> !value.equals("<none>"))
          .map(value -> new Hash("sha256", value))
          .stream()
          .toList();
    }

    private static String fullName(Node entry) {
      return "%s %s (%s)"
          .formatted(
              entry.text("name").orElse(""),
              entry.text("version").orElse(""),
              entry.text("source").orElse(""));
    }

    private static String key(Node entry) {
      return fullName(entry);
    }

    /* A dependency reads "name", "name version" or "name version (source)": only as much as is needed
    to tell the packages of that name apart. */
    private List<Node> dependencies(Node entry) {
      List<Node> resolved = new ArrayList<>();
      for (Node item : entry.items("dependencies")) {
        String[] words = item.scalar().orElse("").split(" ", 3);
        List<Node> candidates = byName.getOrDefault(words[0], List.of());
        if (words.length > 1) {
          candidates = matching(candidates, "version", words[1]);
        }
        if (words.length > 2 && candidates.size() > 1) {
          String source = words[2].substring(1, Math.max(1, words[2].length() - 1));
          candidates = matching(candidates, "source", source);
        }
        resolved.addAll(candidates);
      }
      return resolved;
    }

    private static List<Node> matching(List<Node> candidates, String field, String value) {
      return candidates.stream().filter(it -> it.text(field).orElse("").equals(value)).toList();
    }
  }
}
