// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.Node;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The packages of a yarn.lock of Yarn 1, with what the project asks for from its package.json
/// files.
final class YarnClassicPackages {

  private static final int SHA1 = 40;

  private final SourceFile file;
  private final List<Gap> gaps;
  private final LockGraph graph = new LockGraph();
  private final YarnPatterns patterns = new YarnPatterns();

  YarnClassicPackages(SourceFile file, List<Gap> gaps) {
    this.file = file;
    this.gaps = gaps;
  }

  Extraction read(Map<String, Node> entries) {
    entries.forEach(this::add);
    entries.forEach((id, entry) -> {
      entry
          .fields("dependencies")
          .forEach((name, range) -> find(name, range).ifPresent(to -> graph.needs(id, to)));
      entry
          .fields("optionalDependencies")
          .forEach((name, range) -> find(name, range).ifPresent(to -> graph.mayUse(id, to)));
    });
    Optional<Manifest> project = Manifest.beside(file, "package.json", gaps);
    if (project.isPresent()) {
      ask(project.get());
      for (SourceFile member : project.get().workspaces().members(file)) {
        Manifest.readOr(member, gaps).ifPresent(this::ask);
      }
    } else {
      graph.rootsUnknown();
    }
    return Extraction.of(graph.components(), gaps);
  }

  private Optional<String> find(String name, Node range) {
    return patterns.find(name, range.scalar().orElse(""));
  }

  private void ask(Manifest manifest) {
    for (Manifest.Asked asked : manifest.asked().values()) {
      patterns.find(asked.name(), asked.text()).ifPresent(id -> graph.root(id, asked.scope()));
    }
  }

  private void add(String id, Node entry) {
    Location at = new Location(file.entry().path(), entry.line());
    List<Descriptor> asked = new ArrayList<>();
    for (String pattern : id.split("\n", -1)) {
      patterns.add(pattern, id);
      Descriptor.of(pattern).ifPresent(asked::add);
    }
    if (asked.isEmpty()) {
      gap(at, "\"%s\" is no name with a range".formatted(id.replace('\n', ' ')));
      return;
    }
    List<Requirement> requirements = asked.stream().map(it -> Requirement.of(it.rest())).toList();
    if (requirements.stream().allMatch(Requirement.Local.class::isInstance)) {
      graph.addLocal(id);
      return;
    }
    String name = asked.getFirst().name();
    for (Requirement requirement : requirements) {
      if (requirement instanceof Requirement.Range(String alias, String _) && alias != null) {
        name = alias;
      }
    }
    String version = entry.text("version").filter(it -> !it.isBlank()).orElse(null);
    Optional<Purl> purl = NpmName.purl(name, version);
    if (purl.isEmpty()) {
      gap(at, "\"%s\" is no name of a package".formatted(name));
      return;
    }
    if (version == null) {
      gap(at, "\"%s\" has no version".formatted(name));
    }
    graph.add(id, purl.get(), at, hashes(entry));
  }

  /* The fragment behind the address of an archive is its SHA-1; behind a repository it is the
  commit. */
  private static List<Hash> hashes(Node entry) {
    List<Hash> hashes = new ArrayList<>(Integrity.of(entry));
    String resolved = entry.text("resolved").orElse("");
    String fragment = resolved.substring(resolved.indexOf('#') + 1);
    if (Integrity.isHex(fragment, SHA1) && !(Requirement.of(resolved) instanceof Requirement.Git)) {
      hashes.add(new Hash("sha1", fragment));
    }
    return hashes;
  }

  private void gap(Location at, String reason) {
    gaps.add(Gap.at(at, reason, "run yarn install"));
  }
}
